package io.github.camellva.grpc;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Readiness of a node: down while the extension cannot be reached, ends every session, or does not process what it is sent. It
 * connects with the first frame.
 */
public class LvaGrpcProducerHealthCheck extends AbstractHealthCheck {

    private final LvaGrpcProducer producer;

    LvaGrpcProducerHealthCheck(LvaGrpcProducer producer) {
        super("camel", "producer:lvagrpc-" + producer.getEndpoint().getServiceUrl() + "-" + producer.getEndpoint().getComponent().nextProducerNumber());
        this.producer = producer;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("address", producer.getEndpoint().getServiceUrl());
        builder.detail("sessions", producer.getOpenSessions());
        builder.detail("frames.answered", producer.getFramesAnswered());
        builder.detail("frames.not.processed", producer.getFramesNotProcessed());
        builder.detail("frames.failed", producer.getFramesFailed());
        producer.failure().map(failure -> " does not answer: " + failure).or(() -> producer.complaint().map(": "::concat))
                .map(complaint -> "lvagrpc:" + producer.getEndpoint().getServiceUrl() + complaint)
                // Spring Boot's actuator shows details, and no message
                .ifPresentOrElse(reason -> builder.down().message(reason).detail("reason", reason), builder::up);
    }
}
