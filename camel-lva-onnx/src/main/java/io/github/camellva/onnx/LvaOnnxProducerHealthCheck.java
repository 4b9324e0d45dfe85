package io.github.camellva.onnx;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Readiness of models: down while they cannot be run. A frame that cannot be read says nothing of them. */
public class LvaOnnxProducerHealthCheck extends AbstractHealthCheck {

    private final LvaOnnxProducer producer;

    LvaOnnxProducerHealthCheck(LvaOnnxProducer producer) {
        super("camel", "producer:lvaonnx-" + producer.getModel() + "-" + producer.getEndpoint().getComponent().nextProducerNumber());
        this.producer = producer;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("models", producer.getModels());
        builder.detail("frames.computed", producer.getFramesComputed());
        builder.detail("frames.failed", producer.getFramesFailed());
        builder.detail("frames.waiting", producer.getFramesWaiting());
        builder.detail("files.refused", producer.getRefusedFiles());
        producer.complaint()
                // Spring Boot's actuator shows details, and no message
                .ifPresentOrElse(reason -> builder.down().message(reason).detail("reason", reason), builder::up);
    }
}
