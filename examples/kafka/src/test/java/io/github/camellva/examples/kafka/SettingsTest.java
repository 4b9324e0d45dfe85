package io.github.camellva.examples.kafka;

import java.time.Duration;
import java.util.Properties;

import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsTest {

    @Test
    void withoutPropertiesThreeCamerasSendToABrokerOfOurOwnInRealTime() throws Exception {
        Settings settings = Settings.of(new Properties());
        assertThat(settings.cameras()).isEqualTo(3);
        assertThat(settings.frames()).isEqualTo(125);
        assertThat(settings.pace()).isEqualTo(Pace.REALTIME);
        assertThat(settings.delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
        assertThat(settings.brokers()).isEmpty();
        assertThat(settings.outage()).isEmpty();
    }

    @Test
    void propertiesAreRead() throws Exception {
        assertThat(settings("delivery", "at-once").delivery()).isEqualTo(Delivery.AT_ONCE);
        assertThat(settings("brokers", "kafka-1:9092,kafka-2:9092").brokers()).contains("kafka-1:9092,kafka-2:9092");
        assertThat(settings("outage", "7").outage()).contains(Duration.ofSeconds(7));
        assertThat(settings("realtime", "false").pace()).isEqualTo(Pace.UNLIMITED);
    }

    @ParameterizedTest
    @CsvSource({
            "cameras, 17, a whole number from 1 to 16",
            "frames, 0, a whole number from 1 to 100000",
            "delivery, exactly-once, 'at-least-once, at-once'",
            "brokers, localhost, host:port is accepted",
            "brokers, 'a:1, b:2', host:port is accepted",
            "outage, 61, a whole number from 1 to 60" })
    void aValueThatIsNotAcceptedIsNamedWithWhatIs(String property, String value, String accepted) {
        assertThatThrownBy(() -> settings(property, value))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-D" + property + "=" + value + ": ")
                .hasMessageContaining(accepted);
    }

    @Test
    void aBrokerThatIsNotOursIsNotStopped() {
        assertThatThrownBy(() -> settings("outage", "5", "brokers", "localhost:9092"))
                .isInstanceOf(UsageException.class).hasMessageContaining("leave out -Dbrokers");
    }

    private static Settings settings(String... properties) throws UsageException {
        Properties chosen = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            chosen.setProperty(properties[i], properties[i + 1]);
        }
        return Settings.of(chosen);
    }
}
