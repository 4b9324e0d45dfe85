package io.github.camellva.examples.scaleout;

import java.io.PrintStream;
import java.util.Properties;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsTest {

    @Test
    void withoutOptionsThereAreSixCamerasTwoGatewaysAndThreeWorkersOneOfWhichIsKilled() throws UsageException {
        Settings settings = Settings.of(options());
        assertThat(settings.cameras()).isEqualTo(6);
        assertThat(settings.gateways()).isEqualTo(2);
        assertThat(settings.workers()).isEqualTo(3);
        assertThat(settings.killWorker()).isTrue();
        assertThat(settings.answer()).isEqualTo(AnswerMode.RESULT);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("-Drole=broker: accepted are all, gateway, worker", new String[] { "role", "broker" }),
                Arguments.of("-Danswer=now: accepted are result, at-once", new String[] { "answer", "now" }),
                Arguments.of("-Dcameras=0: a whole number from 1 to 100", new String[] { "cameras", "0" }),
                Arguments.of("-Dbrokers=kafka:9092: with -Drole=gateway or -Drole=worker",
                        new String[] { "brokers", "kafka:9092" }),
                Arguments.of("-Dbrokers is missing: host:port", new String[] { "role", "gateway" }),
                Arguments.of("-Dbrokers is missing: host:port", new String[] { "role", "worker" }),
                Arguments.of("-Dname=a b: letters", new String[] { "role", "gateway", "brokers", "kafka:9092", "name", "a b" }),
                Arguments.of("-Dlisten=5001: host:port",
                        new String[] { "role", "gateway", "brokers", "kafka:9092", "listen", "5001" }));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNotAcceptedIsToldWithWhatIs(String message, String... chosen) {
        assertThatThrownBy(() -> Demonstration.of(options(chosen), new PrintStream(PrintStream.nullOutputStream())))
                .isInstanceOf(UsageException.class).hasMessageStartingWith(message);
    }

    static Properties options(String... chosen) {
        Properties properties = new Properties();
        for (int i = 0; i < chosen.length; i += 2) {
            properties.setProperty(chosen[i], chosen[i + 1]);
        }
        return properties;
    }
}
