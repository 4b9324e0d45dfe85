package io.github.camellva.grpc;

import java.util.Locale;
import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Readiness of an extension: up while it takes frames. */
public class LvaGrpcConsumerHealthCheck extends AbstractHealthCheck {

    private final LvaGrpcConsumer consumer;

    LvaGrpcConsumerHealthCheck(LvaGrpcConsumer consumer) {
        super("camel", "consumer:lvagrpc-" + consumer.getRouteId());
        this.consumer = consumer;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("route.id", consumer.getRouteId());
        builder.detail("address", consumer.getEndpoint().getServiceUrl());
        if (consumer.isServing()) {
            builder.detail("port", consumer.getPort());
            builder.detail("sessions", consumer.getOpenSessions());
            builder.detail("frames.in.flight", consumer.getFramesInFlight());
            builder.up();
        } else {
            builder.down();
            builder.message("lvagrpc:" + consumer.getEndpoint().getServiceUrl() + " takes no frames: route "
                            + consumer.getRouteId() + " is " + consumer.getStatus().name().toLowerCase(Locale.ROOT));
        }
    }
}
