package io.github.camellva.examples.benchmark;

import java.util.Properties;

import io.github.camellva.examples.rig.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SettingsTest {

    private final Properties properties = new Properties();

    @Test
    void byDefaultEveryKindOfFrameIsSentByOneToManySessionsOneAndSeveralInFlight() throws Exception {
        Settings settings = Settings.of(properties);
        assertThat(settings.loads()).hasSize(10 * 4 * 2).doesNotHaveDuplicates();
        assertThat(settings.rounds()).isEqualTo(5);
        assertThat(settings.contestants()).containsExactly(Contestant.values());
    }

    @Test
    void ofLargeFramesFewerAreInFlight() throws Exception {
        properties.setProperty("payloads", "1080p");
        properties.setProperty("transfers", "embedded");
        properties.setProperty("sessions", "1");
        assertThat(Settings.of(properties).loads()).extracting(Load::inFlight).containsExactly(1, 4);
    }

    @Test
    void aLoadIsToldToAnotherProcessInOneWord() {
        Load load = new Load(Payload.JPEG, Transfer.COPY, 3, 5);
        assertThat(Load.parse(load.format())).isEqualTo(load);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "payloads | 417          | accepted are empty, jpeg, 416, 1080p, several with commas between them",
            "transfers | copy,mapped | accepted are embedded, copy, map",
            "servers  | lvagrpc      | accepted are bare-direct, bare-default, camel-grpc, lvagrpc-java, lvagrpc-yaml",
            "sessions | 4,x          | a whole number from 1 to 1000 is accepted",
            "inFlight | 9            | a whole number from 1 to 8 is accepted",
            "rounds   | 0            | a whole number from 1 to 1000 is accepted" })
    void aWrongValueIsToldWithWhatIsAccepted(String option, String value, String told) {
        properties.setProperty(option, value);
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> Settings.of(properties)).withMessageContaining(told);
    }

    @Test
    void emptySamplesThroughSharedMemoryAloneAreNothingToMeasure() {
        properties.setProperty("payloads", "empty");
        properties.setProperty("transfers", "copy");
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> Settings.of(properties)).withMessageContaining("nothing to measure");
    }
}
