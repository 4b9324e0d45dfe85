package io.github.camellva.examples.rig;

import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OptionReaderTest {

    @Test
    void whatIsNotGivenKeepsItsDefault() throws Exception {
        Chosen chosen = OptionReader.read(new Chosen(), new Properties());
        assertThat(chosen.broker).isNull();
        assertThat(chosen.cameras).isEqualTo(3);
        assertThat(chosen.pace).isEqualTo(Pace.PLAYBACK);
        assertThat(chosen.realtime).isTrue();
    }

    @Test
    void valuesAreReadAsTheirTypesAre() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("broker", "tcp://127.0.0.1:1883");
        properties.setProperty("cameras", "64");
        properties.setProperty("server.port", "8080");
        properties.setProperty("pace", "UNLIMITED");
        properties.setProperty("realtime", "false");
        properties.setProperty("java.home", "/usr");
        Chosen chosen = OptionReader.read(new Chosen(), properties);
        assertThat(chosen.broker).isEqualTo("tcp://127.0.0.1:1883");
        assertThat(chosen.cameras).isEqualTo(64);
        assertThat(chosen.port).isEqualTo(8080);
        assertThat(chosen.pace).isEqualTo(Pace.UNLIMITED);
        assertThat(chosen.realtime).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "cameras     | 65 | -Dcameras=65: a whole number from 1 to 64 is accepted, for instance -Dcameras=3",
            "cameras     | 0 | -Dcameras=0: a whole number from 1 to 64 is accepted, for instance -Dcameras=3",
            "cameras     | many | -Dcameras=many: a whole number from 1 to 64 is accepted, for instance -Dcameras=3",
            "cameras     | '' | -Dcameras=: a whole number from 1 to 64 is accepted, for instance -Dcameras=3",
            "cameras     | 99999999999 | -Dcameras=99999999999: a whole number from 1 to 64 is accepted, for instance -Dcameras=3",
            "server.port | 0 | -Dserver.port=0: a whole number from 1 on is accepted, for instance -Dserver.port=5001",
            "pace        | slow | -Dpace=slow: accepted are REALTIME, PLAYBACK, UNLIMITED",
            "realtime    | yes | -Drealtime=yes: accepted are true, false",
            "broker      | localhost | -Dbroker=localhost: a URL is accepted",
            "broker      | x://me:secret@host | -Dbroker=x://...@host: a URL is accepted" })
    void aValueThatIsNotAcceptedIsNamedWithWhatIs(String name, String value, String message) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        assertThatThrownBy(() -> OptionReader.read(new Chosen(), properties))
                .isInstanceOf(UsageException.class).hasMessage(message);
    }

    static final class Chosen {

        @Option(names = "-Dbroker", description = "a URL is accepted")
        @OptionReader.Matching("tcp://.*")
        String broker;

        @Option(names = "-Dcameras")
        @OptionReader.WholeNumber(to = 64, example = 3)
        int cameras = 3;

        @Option(names = "-Dserver.port")
        @OptionReader.WholeNumber(example = 5001)
        int port;

        @Option(names = "-Dpace")
        Pace pace = Pace.PLAYBACK;

        @Option(names = "-Drealtime", arity = "1")
        boolean realtime = true;
    }
}
