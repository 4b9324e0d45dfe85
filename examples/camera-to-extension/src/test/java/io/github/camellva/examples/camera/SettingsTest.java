package io.github.camellva.examples.camera;

import java.util.Optional;
import java.util.Properties;

import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.grpc.stream.DataTransfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsTest {

    @Test
    void withoutPropertiesTheTestPatternGoesThroughTheYamlRouteForAWhile() throws UsageException {
        assertThat(Settings.of(new Properties())).isEqualTo(new Settings(
                Optional.empty(), Optional.empty(), Settings.FRAMES_OF_TEST_PATTERN, RouteLanguage.YAML, DataTransfer.EMBEDDED,
                Pace.REALTIME));
    }

    @Test
    void aSourceIsSentToItsEnd() throws UsageException {
        assertThat(Settings.of(properties("source", "clip.mp4")).frames()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void propertiesAreRead() throws UsageException {
        Properties properties = properties("source", "webcam");
        properties.setProperty("extension", "yolo.local:5001");
        properties.setProperty("frames", "60");
        properties.setProperty("route", "java");
        properties.setProperty("transfer", "embedded");
        properties.setProperty("realtime", "false");
        assertThat(Settings.of(properties)).isEqualTo(new Settings(
                Optional.of("webcam"), Optional.of("yolo.local:5001"), 60, RouteLanguage.JAVA, DataTransfer.EMBEDDED,
                Pace.UNLIMITED));
    }

    @ParameterizedTest
    @CsvSource({
            "extension, localhost, host:port",
            "extension, :5001, host:port",
            "extension, localhost:0, host:port",
            "extension, localhost:65536, host:port",
            "extension, tcp://localhost:5001, host:port",
            "frames, many, a whole number from 1 on",
            "frames, 0, a whole number from 1 on",
            "route, xml, yaml and java",
            "transfer, none, embedded and sharedMemory",
            "realtime, yes, true and false" })
    void aValueThatIsNotAcceptedIsNamedWithWhatIs(String property, String value, String accepted) {
        assertThatThrownBy(() -> Settings.of(properties(property, value)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-D" + property + "=" + value + ": ")
                .hasMessageContaining(accepted);
    }

    private static Properties properties(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        return properties;
    }
}
