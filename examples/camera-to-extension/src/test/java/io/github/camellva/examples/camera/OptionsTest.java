package io.github.camellva.examples.camera;

import java.io.PrintStream;
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
    void withoutOptionsTheTestPatternGoesThroughTheYamlRouteForAWhile() throws UsageException {
        CameraToExtension camera = read();
        assertThat(camera.source).isNull();
        assertThat(camera.extension).isNull();
        assertThat(camera.mostFrames()).isEqualTo(250);
        assertThat(camera.route).isEqualTo("yaml");
        assertThat(camera.transfer).isEqualTo("embedded");
        assertThat(camera.format).isEqualTo("JPG");
        assertThat(camera.size).isEqualTo("416x416");
        assertThat(camera.realtime).isTrue();
    }

    @Test
    void aSourceIsSentToItsEnd() throws UsageException {
        assertThat(read("source", "clip.mp4").mostFrames()).isZero();
    }

    @Test
    void optionsAreRead() throws UsageException {
        CameraToExtension camera = read("source", "webcam", "extension", "yolo.local:5001", "frames", "60", "route", "java",
                "transfer", "sharedMemory", "realtime", "false", "format", "BGR24", "size", "640x360");
        assertThat(camera.source).isEqualTo("webcam");
        assertThat(camera.extension).isEqualTo("yolo.local:5001");
        assertThat(camera.mostFrames()).isEqualTo(60);
        assertThat(camera.route).isEqualTo("java");
        assertThat(camera.transfer).isEqualTo("sharedMemory");
        assertThat(camera.format).isEqualTo("BGR24");
        assertThat(camera.size).isEqualTo("640x360");
        assertThat(camera.realtime).isFalse();
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
            "format, GIF, JPG",
            "format, RAW, -Dformat=BGR24",
            "size, 640, WIDTHxHEIGHT",
            "size, 0x360, WIDTHxHEIGHT",
            "transfer, none, embedded and sharedMemory",
            "realtime, yes, 'true, false'" })
    void aValueThatIsNotAcceptedIsNamedWithWhatIs(String option, String value, String accepted) {
        assertThatThrownBy(() -> read(option, value))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-D" + option + "=" + value + ": ")
                .hasMessageContaining(accepted);
    }

    private static CameraToExtension read(String... options) throws UsageException {
        Properties chosen = new Properties();
        for (int i = 0; i < options.length; i += 2) {
            chosen.setProperty(options[i], options[i + 1]);
        }
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        return OptionReader.read(new CameraToExtension(nowhere, nowhere), chosen);
    }
}
