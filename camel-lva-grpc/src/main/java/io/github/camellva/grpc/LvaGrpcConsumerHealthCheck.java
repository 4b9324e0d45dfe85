package io.github.camellva.grpc;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Readiness of an extension. Camel asks only while the route is started, and then it listens; this check adds details. */
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
        builder.detail("port", consumer.getPort());
        builder.detail("sessions", consumer.getOpenSessions());
        builder.detail("frames.in.flight", consumer.getFramesInFlight());
        builder.up();
    }
}
