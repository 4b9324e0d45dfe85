package io.github.camellva.grpc.springboot;

import io.github.camellva.video.LvaVideoComponent;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Options of lvavideo in an application that has it. */
@Timeout(60)
class VideoPropertiesIT {

    @Test
    void propertiesAreSetOnTheComponent() {
        try (Extension extension = Extension.start(
                "camel.component.lvavideo.frames-per-second=5", "camel.component.lvavideo.format=JPG",
                "camel.component.lvavideo.read-timeout=2000", "camel.component.lvavideo.username=admin")) {
            LvaVideoComponent component = extension.bean(CamelContext.class).getComponent("lvavideo", LvaVideoComponent.class);
            assertThat(component.getConfiguration().getFramesPerSecond()).isEqualTo(5);
            assertThat(component.getConfiguration().getFormat()).isEqualTo("JPG");
            assertThat(component.getConfiguration().getReadTimeout()).isEqualTo(2_000);
            assertThat(component.getConfiguration().getUsername()).isEqualTo("admin");
        }
    }
}
