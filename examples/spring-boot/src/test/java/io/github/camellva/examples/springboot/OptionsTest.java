package io.github.camellva.examples.springboot;

import java.io.PrintStream;
import java.util.List;
import java.util.Properties;

import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OptionsTest {

    @Test
    void withoutPropertiesThreeCamerasSendForFiveSecondsOnFreePorts() throws UsageException {
        assertThat(read(new Properties())).extracting(OptionsTest::chosen).isEqualTo(List.of(3, 5, true, 0, 0));
    }

    @Test
    void propertiesAreRead() throws UsageException {
        Properties properties = new Properties();
        properties.setProperty("cameras", "2");
        properties.setProperty("seconds", "60");
        properties.setProperty("realtime", "false");
        properties.setProperty("extension.port", "5001");
        properties.setProperty("server.port", "8080");
        assertThat(read(properties)).extracting(OptionsTest::chosen).isEqualTo(List.of(2, 60, false, 5001, 8080));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "cameras|17|-Dcameras=17: a whole number from 1 to 16 is accepted, for instance -Dcameras=3",
            "seconds|long|-Dseconds=long: a whole number from 1 to 86400 is accepted, for instance -Dseconds=5",
            "realtime|yes|-Drealtime=yes: accepted are true, false",
            "extension.port|0|-Dextension.port=0: a whole number from 1 to 65535 is accepted, for instance "
            + "-Dextension.port=5001",
            "server.port|x|-Dserver.port=x: a whole number from 1 to 65535 is accepted, for instance -Dserver.port=8080"
    })
    void whatIsNotAcceptedIsRefusedWithWhatIs(String name, String value, String message) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        assertThatThrownBy(() -> read(properties)).isInstanceOf(UsageException.class).hasMessage(message);
    }

    private static List<?> chosen(CamerasToSpringBoot example) {
        return List.of(example.cameras, example.seconds, example.realtime, example.extensionPort, example.serverPort);
    }

    private static CamerasToSpringBoot read(Properties properties) throws UsageException {
        return OptionReader.read(new CamerasToSpringBoot(new PrintStream(PrintStream.nullOutputStream())), properties);
    }
}
