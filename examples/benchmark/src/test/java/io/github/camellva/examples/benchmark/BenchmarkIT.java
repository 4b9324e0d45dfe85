package io.github.camellva.examples.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.camellva.examples.rig.ClassPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** That results are written; what is measured in so short a time means nothing. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc and shares memory in /dev/shm")
@Timeout(120)
class BenchmarkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path results;

    @Test
    void aServerAndANodeAreMeasuredInTwoRunsAndTheResultsAreWritten() throws Exception {
        int status = Settings.commandLine(new Benchmark()).execute(
                "--contestants=bare-direct,node-bare-direct", "--payloads=empty", "--sessions=1", "--inFlight=2", "--runs=2",
                "--rounds=1", "--millis=100", "--warmUp=1", "--heap=64m", "--results=" + results);

        assertThat(status).isZero();
        List<String> rows = Files.readAllLines(results.resolve("results.csv"));
        assertThat(rows.subList(1, rows.size())).map(row -> row.split(",")[6])
                .containsExactly("bare-direct", "node-bare-direct");
        assertThat(rows.subList(1, rows.size())).allSatisfy(row -> {
            String[] columns = row.split(",");
            assertThat(columns[7]).as("turns").isEqualTo("2");
            assertThat(Double.parseDouble(columns[8])).as("frames/s").isPositive();
            assertThat(Double.parseDouble(columns[11])).as("CPU").isPositive();
            assertThat(columns[14]).as("wrong or missing").isEqualTo("0");
            assertThat(columns[18]).as("not processed").isEqualTo("0");
        });
        assertThat(List.of("servers-cpu.png", "servers-frames.png", "nodes-cpu.png", "nodes-frames.png"))
                .allSatisfy(picture -> assertThat(results.resolve(picture)).isNotEmptyFile());
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void whenItIsEndedAllProcessesEnd() throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", Benchmark.class.getName(),
                "--contestants=bare-direct", "--payloads=empty", "--heap=64m", "--millis=60000", "--results=" + results)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        command.environment().put("CLASSPATH", ClassPath.of(Benchmark.class.getClassLoader()));
        Process benchmark = command.start();
        List<ProcessHandle> children = new ArrayList<>();
        try {
            await().atMost(PATIENCE).until(() -> benchmark.children().count() == 2);
            benchmark.children().forEach(children::add);
        } finally {
            benchmark.destroy();
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }
}
