package io.github.camellva.examples.rig.faults;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;

import io.github.camellva.examples.rig.OptionReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The quickest of the faults; the command runs all of them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "starts processes by a shell, with shared memory in /dev/shm")
@Timeout(180)
class FaultsIT {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @EnumSource(names = { "NETWORK_CUT", "EXTENSION_KILLED" })
    void framesAreCountedAtBothEndsAndFlowAgain(Fault fault) throws Exception {
        Faults faults = read("fault", fault.name(), "seconds", "1");
        assertThat(faults.run().isComplete()).as(out.toString(StandardCharsets.UTF_8)).isTrue();
    }

    @Test
    void whatIsNoFaultIsNamedWithThoseThatAre() {
        assertThatThrownBy(() -> read("fault", "RAIN"))
                .hasMessageStartingWith("-Dfault=RAIN: accepted are NODE_KILLED, ").hasMessageContaining("NETWORK_CUT");
    }

    private Faults read(String... given) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("report", Path.of("target", "faults").toString());
        for (int i = 0; i < given.length; i += 2) {
            properties.setProperty(given[i], given[i + 1]);
        }
        return OptionReader.read(new Faults(new PrintStream(out, true), System.getProperty("java.class.path")), properties);
    }
}
