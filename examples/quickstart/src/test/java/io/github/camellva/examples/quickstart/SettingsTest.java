package io.github.camellva.examples.quickstart;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Properties;

import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.grpc.stream.DataTransfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsTest {

    @Test
    void withoutPropertiesTheSceneIsEmbeddedInRealTime() throws UsageException {
        Settings settings = Settings.of(new Properties());
        assertThat(settings.frames()).isEmpty();
        assertThat(settings.video()).isEmpty();
        assertThat(settings.transfer()).isEqualTo(DataTransfer.EMBEDDED);
        assertThat(settings.pace()).isEqualTo(Pace.REALTIME);
    }

    @Test
    void propertiesAreRead() throws UsageException {
        Properties properties = properties("frames", "60");
        properties.setProperty("transfer", "sharedMemory");
        properties.setProperty("realtime", "false");
        Settings settings = Settings.of(properties);
        assertThat(settings.frames()).isEqualTo(OptionalLong.of(60));
        assertThat(settings.transfer()).isEqualTo(DataTransfer.SHARED_MEMORY);
        assertThat(settings.pace()).isEqualTo(Pace.UNLIMITED);
    }

    @ParameterizedTest
    @CsvSource({
            "frames, many, a whole number from 1 on",
            "frames, 0, a whole number from 1 on",
            "transfer, none, embedded and sharedMemory",
            "realtime, yes, true and false",
            "video, nowhere.mp4, there is no file" })
    void aValueThatIsNotAcceptedIsNamedWithWhatIs(String property, String value, String accepted) {
        assertThatThrownBy(() -> Settings.of(properties(property, value)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-D" + property + "=" + value + ": ")
                .hasMessageContaining(accepted);
    }

    @Test
    void aDirectoryIsNoVideo(@TempDir Path directory) {
        assertThatThrownBy(() -> Settings.of(properties("video", directory.toString())))
                .isInstanceOf(UsageException.class).hasMessageContaining("is a directory");
    }

    private static Properties properties(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        return properties;
    }
}
