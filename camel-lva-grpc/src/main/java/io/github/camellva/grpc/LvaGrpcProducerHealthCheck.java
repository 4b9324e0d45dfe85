package io.github.camellva.grpc;

import java.util.Map;
import java.util.Optional;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Readiness of a node: down while the extension cannot be reached or ends every session; it connects with the first frame. */
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
