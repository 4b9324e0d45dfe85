package io.github.camellva.examples.quarkus;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;

import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The application as it is built for production, in a process of its own. */
@Timeout(600)
class CamerasToQuarkusIT {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void everyFrameIsAnsweredAndTheApplicationIsHealthy() throws Exception {
        CamerasToQuarkus.Summary summary = example("10").run();
        assertThat(summary.isComplete()).as(text()).isTrue();
        assertThat(text())
                .containsPattern("camera-[12] +frame \\d+: \\[car]")
                .containsPattern("extension.*camera-[12] frame \\d+: \\{\"inferences\"")
                .containsPattern("health +\\{ \"status\": \"UP\".*\"name\": \"camel-consumers\", \"status\": \"UP\"")
                .doesNotContain(" WARN  [", " ERROR [")
                .endsWith("answered " + summary.counts().answered() + " frames, found something in " + summary.found()
                          + System.lineSeparator());
    }

    @Test
    void aRunInWhichTheRouteFailedIsNotComplete() {
        FrameCounts counts = new FrameCounts(10, 0, 8, 2, 0);
        assertThat(new CamerasToQuarkus.Summary(counts, 8, 0).isComplete()).as("some were skipped").isTrue();
        assertThat(new CamerasToQuarkus.Summary(counts, 8, 1).isComplete()).as("the model failed").isFalse();
    }

    @Test
    void aWrongNumberOfFramesIsRefused() {
        assertThatThrownBy(() -> example("many"))
                .isInstanceOf(UsageException.class)
                .hasMessage("-Dframes=many: a whole number from 1 to 1000000 is accepted, for instance -Dframes=100");
    }

    private CamerasToQuarkus example(String frames) throws UsageException {
        Properties chosen = new Properties();
        chosen.setProperty("frames", frames);
        return OptionReader.read(
                new CamerasToQuarkus(
                        Application.jarIn(Path.of("target")), new PrintStream(printed, true, StandardCharsets.UTF_8)), chosen);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
