package io.github.camellva.examples.rig;

import java.util.Properties;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OptionsTest {

    private final Properties properties = new Properties();
    private final Options options = new Options(properties);

    @Test
    void whatIsNotSaidIsByDefault() throws Exception {
        assertThat(options.text("broker")).isEmpty();
        assertThat(options.number("cameras", 3, 64)).isEqualTo(3);
        assertThat(options.choice("answer", "result", "result", "at-once")).isEqualTo("result");
        assertThat(options.flag("realtime", true)).isTrue();
    }

    @Test
    void valuesAreRead() throws Exception {
        properties.setProperty("broker", "tcp://127.0.0.1:1883");
        properties.setProperty("cameras", "7");
        properties.setProperty("realtime", "false");
        assertThat(options.text("broker")).contains("tcp://127.0.0.1:1883");
        assertThat(options.number("cameras", 3, 64)).isEqualTo(7);
        assertThat(options.flag("realtime", true)).isFalse();
    }

    @Test
    void whatIsNotAcceptedIsNamedWithWhatIs() {
        properties.setProperty("cameras", "65");
        properties.setProperty("frames", "many");
        properties.setProperty("realtime", "yes");
        assertThatThrownBy(() -> options.number("cameras", 3, 64)).isInstanceOf(UsageException.class)
                .hasMessage("-Dcameras=65: a whole number from 1 to 64 is accepted, for instance -Dcameras=3");
        assertThatThrownBy(() -> options.number("frames", 10, 100)).isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-Dframes=many: ");
        assertThatThrownBy(() -> options.flag("realtime", true)).isInstanceOf(UsageException.class)
                .hasMessage("-Drealtime=yes: accepted are true, false");
    }
}
