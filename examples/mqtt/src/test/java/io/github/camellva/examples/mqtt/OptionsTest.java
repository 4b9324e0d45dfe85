package io.github.camellva.examples.mqtt;

import java.io.PrintStream;
import java.util.Properties;

import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OptionsTest {

    @Test
    void nothingNeedsToBeChosen() throws Exception {
        CamerasToMqtt example = read(new Properties());
        assertThat(example.broker).isNull();
        assertThat(example.delivery).isEqualTo(Delivery.AT_LEAST_ONCE);
        assertThat(example.cameras).isEqualTo(3);
        assertThat(example.frames).isEqualTo(150);
        assertThat(example.realtime).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "tcp://localhost:1883", "tcp://broker", "ssl://broker.example:8883", "wss://broker.example:443/mqtt" })
    void brokersAreNamedByUrls(String url) throws Exception {
        assertThat(of("broker", url).broker).isEqualTo(url);
    }

    @Test
    void whatIsChosenIsRead() throws Exception {
        assertThat(of("delivery", "at-once").delivery).isEqualTo(Delivery.AT_ONCE);
        assertThat(of("cameras", "16").cameras).isEqualTo(16);
        assertThat(of("frames", "1").frames).isEqualTo(1);
        assertThat(of("realtime", "false").realtime).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            broker   | localhost:1883         | tcp://localhost:1883
            broker   | mqtt://localhost:1883  | tcp://localhost:1883
            broker   | tcp://me:secret@broker | tcp://localhost:1883
            delivery | exactly-once           | at-least-once, at-once
            cameras  | 17                     | 1 to 16
            frames   | 0                      | 1 to 1000000
            realtime | no                     | true, false
            """)
    void whatIsNotAcceptedIsToldWithWhatIs(String name, String value, String accepted) {
        assertThatThrownBy(() -> of(name, value)).isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-D" + name + "=").hasMessageContaining(accepted).hasMessageNotContaining("secret");
    }

    private static CamerasToMqtt of(String name, String value) throws UsageException {
        Properties chosen = new Properties();
        chosen.setProperty(name, value);
        return read(chosen);
    }

    private static CamerasToMqtt read(Properties chosen) throws UsageException {
        return OptionReader.read(new CamerasToMqtt(new PrintStream(PrintStream.nullOutputStream())), chosen);
    }
}
