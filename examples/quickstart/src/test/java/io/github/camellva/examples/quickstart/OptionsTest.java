package io.github.camellva.examples.quickstart;

import java.io.PrintStream;
import java.nio.file.Path;
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
    void withoutOptionsTheSceneIsEmbeddedInRealTime() throws UsageException {
        Quickstart quickstart = read();
        assertThat(quickstart.frames).isNull();
        assertThat(quickstart.video).isNull();
        assertThat(quickstart.transfer).isEqualTo("embedded");
        assertThat(quickstart.realtime).isTrue();
        assertThat(quickstart.view).isTrue();
    }

    @Test
    void optionsAreRead() throws UsageException {
        Quickstart quickstart = read("frames", "60", "video", "clip.mp4", "transfer", "sharedMemory", "realtime", "false", "view", "false");
        assertThat(quickstart.frames).isEqualTo(60);
        assertThat(quickstart.video).isEqualTo(Path.of("clip.mp4"));
        assertThat(quickstart.transfer).isEqualTo("sharedMemory");
        assertThat(quickstart.realtime).isFalse();
        assertThat(quickstart.view).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
            "frames, many, a whole number from 1 on",
            "frames, 0, a whole number from 1 on",
            "transfer, none, embedded and sharedMemory",
            "realtime, yes, 'true, false'" })
    void aValueThatIsNotAcceptedIsNamedWithWhatIs(String option, String value, String accepted) {
        assertThatThrownBy(() -> read(option, value))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-D" + option + "=" + value + ": ")
                .hasMessageContaining(accepted);
    }

    private static Quickstart read(String... options) throws UsageException {
        Properties chosen = new Properties();
        for (int i = 0; i < options.length; i += 2) {
            chosen.setProperty(options[i], options[i + 1]);
        }
        return OptionReader.read(new Quickstart(new PrintStream(PrintStream.nullOutputStream())), chosen);
    }
}
