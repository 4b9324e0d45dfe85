package io.github.camellva.grpc;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Readiness of an extension: down while most frames fail in its route. Camel asks only while the route is started, and then it
 * listens.
 */
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
        builder.detail("frames.answered", consumer.getFramesAnswered());
        builder.detail("frames.skipped", consumer.getFramesSkipped());
        builder.detail("frames.failed", consumer.getFramesFailed());
        consumer.complaint().map(complaint -> "route '" + consumer.getRouteId() + "': " + complaint)
                // Spring Boot's actuator shows details, and no message
                .ifPresentOrElse(reason -> builder.down().message(reason).detail("reason", reason), builder::up);
    }
}
