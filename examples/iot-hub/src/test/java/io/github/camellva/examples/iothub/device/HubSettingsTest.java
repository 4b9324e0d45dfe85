package io.github.camellva.examples.iothub.device;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HubSettingsTest {

    private final HubSettings settings = new HubSettings(null);

    @Test
    void aKeepAliveThatTheHubDoesNotAcceptIsRefused() {
        assertThat(settings.withKeepAlive(Duration.ofSeconds(1177)).keepAlive()).hasSeconds(1177);
        assertThatThrownBy(() -> settings.withKeepAlive(Duration.ofSeconds(1178))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a keep-alive of 1178 s: IoT Hub accepts 1 to 1177");
        // to MQTT it means none
        assertThatThrownBy(() -> settings.withKeepAlive(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTokenLivesForASecondAtLeast() {
        assertThatThrownBy(() -> settings.withTokenLife(Duration.ofMillis(999))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a token of 999 ms: at least a second is accepted");
    }
}
