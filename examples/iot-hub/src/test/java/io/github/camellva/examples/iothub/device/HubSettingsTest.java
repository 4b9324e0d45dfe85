package io.github.camellva.examples.iothub.device;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HubSettingsTest {

    @Test
    void aKeepAliveThatTheHubDoesNotAcceptIsRefused() {
        assertThat(withKeepAlive(1177).keepAlive()).hasSeconds(1177);
        assertThatThrownBy(() -> withKeepAlive(1178)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a keep-alive of 1178 s: IoT Hub accepts 1 to 1177");
        // to MQTT it means none
        assertThatThrownBy(() -> withKeepAlive(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTokenLivesForASecondAtLeast() {
        assertThatThrownBy(() -> settings(Duration.ofMillis(999), HubSettings.DEFAULT_KEEP_ALIVE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a token of 999 ms: at least a second is accepted");
    }

    private static HubSettings withKeepAlive(long seconds) {
        return settings(HubSettings.DEFAULT_TOKEN_LIFE, Duration.ofSeconds(seconds));
    }

    private static HubSettings settings(Duration tokenLife, Duration keepAlive) {
        return new HubSettings(HubSettings.AZURE_PORT, null, tokenLife, keepAlive, Duration.ofSeconds(1));
    }
}
