package io.github.camellva.examples.scaleout;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.ClassPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The example as its README runs it, with processes of their own. */
@Timeout(240)
class ScaleOutIT {

    private static final Duration LONG = Duration.ofSeconds(90);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void whenAWorkerIsKilledItsCamerasMoveAndNothingIsLostOrOutOfOrder() throws Exception {
        Demonstration scaleOut = scaleOut("frames", "100000");
        CompletableFuture<Summary> running = Background.start(scaleOut::run);
        await().atMost(LONG).until(() -> running.isDone() || !orphans().isEmpty());
        await().atMost(LONG).until(() -> running.isDone() || orphans().stream().allMatch(this::hasMoved));
        // as Ctrl-C does
        scaleOut.stop();
        Summary summary = running.get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(summary.isComplete()).as(printed()).isTrue();
        assertThat(summary.cameras()).hasSize(6);
        assertOnlyCamerasThatMovedHaveDuplicates(summary);
        assertNothingIsLeft();
    }

    @Test
    void whenAWorkerIsKilledFramesThatWereAnsweredAtOnceHaveTheirResultsNevertheless() throws Exception {
        Summary summary = scaleOut("answer", "at-once", "cameras", "4", "gateways", "1", "workers", "2", "frames", "100",
                "realtime", "false").run();
        assertThat(summary.isComplete()).as(printed()).isTrue();
        assertThat(printed()).endsWith("acknowledged 400 of 400 frames, 0 without a result" + System.lineSeparator());
        // what the dead worker was done with does not show that it has moved
        assertThat(orphans()).anyMatch(this::hasMoved);
        assertOnlyCamerasThatMovedHaveDuplicates(summary);
        assertNothingIsLeft();
    }

    @Test
    void whenTheLauncherDiesNoProcessAndNoDirectoryIsLeftBehind(@TempDir Path directory) throws Exception {
        Process launcher = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + directory,
                "-Dcameras=1", "-Dgateways=1", "-Dworkers=1", "-Dkill=false", "-Dframes=100000",
                "-cp", ClassPath.of(Demonstration.class.getClassLoader()), Demonstration.class.getName())
                .redirectErrorStream(true).redirectOutput(directory.resolve("printed").toFile()).start();
        List<ProcessHandle> children;
        try {
            await().atMost(LONG).until(() -> Files.readString(directory.resolve("printed")).contains("progress"));
            children = launcher.descendants().toList();
            assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);
            assertThat(temporary(directory)).hasSize(1);
        } finally {
            launcher.destroyForcibly();
        }
        await().atMost(LONG).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(temporary(directory)).isEmpty();
    }

    /** Cameras of the worker that was killed. */
    private List<String> orphans() {
        Matcher killed = Pattern.compile("killed +\\S+, which looked at (.+)").matcher(printed());
        return killed.find() ? List.of(killed.group(1).split(", ")) : List.of();
    }

    private boolean hasMoved(String camera) {
        return printed().contains("moved      " + camera + " from ");
    }

    private static void assertOnlyCamerasThatMovedHaveDuplicates(Summary summary) {
        assertThat(summary.cameras()).allMatch(camera -> camera.workers().size() > 1 || camera.duplicates() == 0);
    }

    private static void assertNothingIsLeft() throws Exception {
        assertThat(ProcessHandle.current().children()).isEmpty();
        assertThat(temporary(Path.of(System.getProperty("java.io.tmpdir")))).isEmpty();
    }

    private static List<Path> temporary(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("scale-out-")).toList();
        }
    }

    private Demonstration scaleOut(String... options) throws Exception {
        return (Demonstration) Demonstration.of(
                SettingsTest.options(options), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
