package io.github.camellva.examples.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** That every server answers every load as it should; what it measures in so short a time means nothing. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc and shares memory in /dev/shm")
@Timeout(120)
class BenchmarkIT {

    @TempDir
    private Path results;

    @Test
    void everyServerAnswersEveryKindOfFrameAndTheResultsAreWritten() throws Exception {
        Outcome outcome = new Benchmark(settings("sessions", "2", "inFlight", "2", "payloads", "empty,416")).run();
        assertThat(outcome.isComplete()).isTrue();
        List<String> rows = Files.readAllLines(results.resolve("results.csv"));
        // of four kinds of load, camel-grpc takes the two without shared memory
        assertThat(rows).hasSize(1 + 4 * 4 + 2);
        assertThat(rows).filteredOn(row -> row.startsWith("embedded,empty")).hasSize(Contestant.values().length);
        assertThat(rows.subList(1, rows.size())).allSatisfy(row -> {
            String[] columns = row.split(",");
            assertThat(Double.parseDouble(columns[7])).as("frames/s").isPositive();
            assertThat(columns[15]).as("wrong or missing").isEqualTo("0");
        });
    }

    @Test
    void oneSessionIsDrawn() throws Exception {
        new Benchmark(settings("sessions", "1", "inFlight", "1", "payloads", "empty", "servers", "bare-direct,lvagrpc-java")).run();
        assertThat(results.resolve("cpu.png")).isNotEmptyFile();
        assertThat(results.resolve("frames.png")).isNotEmptyFile();
    }

    @Test
    void whenItIsStoppedAllProcessesEnd() throws Exception {
        Benchmark benchmark = new Benchmark(settings("millis", "60000", "sessions", "1", "inFlight", "1", "payloads", "empty"));
        FutureTask<Outcome> run = new FutureTask<>(benchmark::run);
        new Thread(run).start();
        benchmark.stop();
        assertThat(run.get(60, TimeUnit.SECONDS).isComplete()).isFalse();
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    private Settings settings(String... options) throws Exception {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "rounds", "1", "millis", "100", "warmUp", "50", "heap", "192m", "results", results.toString()));
        for (int i = 0; i < options.length; i += 2) {
            properties.setProperty(options[i], options[i + 1]);
        }
        return Settings.of(properties);
    }
}
