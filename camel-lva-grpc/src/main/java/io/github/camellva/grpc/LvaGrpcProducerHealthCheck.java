package io.github.camellva.grpc;

import java.util.Map;
import java.util.Optional;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Readiness of a node, which connects with the first frame: down while it cannot reach its extension or every session ends. */
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
        Optional<String> failure = producer.failure();
        if (failure.isPresent()) {
            builder.down();
            builder.message("lvagrpc:" + producer.getEndpoint().getServiceUrl() + " does not answer: " + failure.get());
        } else {
            builder.up();
        }
    }
}
