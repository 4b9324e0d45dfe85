package io.github.camellva.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.tools.CommandLineRun;
import io.github.camellva.tools.TestExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {

    @TempDir
    private Path directory;

    @Test
    void countsAnswersAndTellsHowLongTheyTook() throws Exception {
        try (TestExtension extension = new TestExtension(sample -> List.of())) {
            CommandLineRun run = CommandLineRun.of(
                    "bench", extension.address(), "--sessions", "2", "--size", "32x32", "--warm-up", "0", "--seconds", "1", "--json");
            JsonNode results = new ObjectMapper().readTree(run.output());
            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(results.get("answered").asLong()).isPositive();
            assertThat(results.get("latencyMillisP99").asDouble()).isPositive();
        }
    }

    @Test
    void sendsThroughSharedMemoryAndRemovesIt() throws Exception {
        try (TestExtension extension = new TestExtension(
                sample -> sample.getMediaSample().hasContentReference() ? List.of() : null)) {
            CommandLineRun run = CommandLineRun.of(
                    "bench", extension.address(), "--size", "32x32", "--encoding", "JPG", "--warm-up", "0", "--seconds", "1",
                    "--shared-memory-directory", directory.toString());
            assertThat(run.exitCode()).as(run.output()).isZero();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void framesThatNobodyLookedAtAreNoSuccess() throws Exception {
        try (TestExtension failing = new TestExtension(sample -> null)) {
            CommandLineRun run = CommandLineRun.of(
                    "bench", failing.address(), "--size", "32x32", "--warm-up", "0", "--seconds", "1");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void anExtensionThatIsNotThereIsSaidInOneLine() throws Exception {
        String nowhere;
        try (TestExtension gone = new TestExtension(sample -> List.of())) {
            nowhere = gone.address();
        }
        CommandLineRun run = CommandLineRun.of("bench", nowhere, "--timeout", "2000");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).hasLineCount(1).contains(nowhere + " takes no session", "connection refused");
    }
}
