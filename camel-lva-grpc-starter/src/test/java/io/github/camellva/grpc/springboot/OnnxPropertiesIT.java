package io.github.camellva.grpc.springboot;

import io.github.camellva.onnx.LvaOnnxComponent;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Options of lvaonnx in an application that has it. */
@Timeout(60)
class OnnxPropertiesIT {

    @Test
    void propertiesAreSetOnTheComponent() {
        try (Extension extension = Extension.start(
                "camel.component.lvaonnx.confidence=0.6", "camel.component.lvaonnx.execution-provider=CPU",
                "camel.component.lvaonnx.max-models=3", "camel.component.lvaonnx.use-extension-configuration=false")) {
            LvaOnnxComponent component = extension.bean(CamelContext.class).getComponent("lvaonnx", LvaOnnxComponent.class);
            assertThat(component.getConfiguration().getConfidence()).isEqualTo(0.6);
            assertThat(component.getConfiguration().isUseExtensionConfiguration()).isFalse();
            assertThat(component.getMaxModels()).isEqualTo(3);
        }
    }
}
