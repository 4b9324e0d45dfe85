package io.github.camellva.examples.scaleout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.github.camellva.examples.rig.Scene;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CapacityTest {

    private static final Path README = Path.of("README.md");

    @Test
    void theTableInTheReadmeIsWhatIsComputed() throws IOException {
        List<String> computed = IntStream.of(10, 100, 1_000, 10_000).mapToObj(cameras -> new Capacity(cameras).row()).toList();
        assertThat(Files.readAllLines(README)).filteredOn(line -> line.matches("\\| [\\d,]+ \\| [\\d,]+ \\| .*"))
                .containsExactlyElementsOf(computed);
    }

    @Test
    void theReadmeSaysWhatItIsComputedOf() throws IOException {
        assertThat(Files.readString(README)).contains(
                Capacity.FRAMES_PER_SECOND + " frames per second",
                String.format(Locale.ROOT, "%,d bytes", Capacity.FRAME_BYTES),
                String.format(Locale.ROOT, "%,d bytes", Capacity.RESULT_BYTES),
                String.format(Locale.ROOT, "%,d bytes", Scene.STRIDE_BYTES * Scene.HEIGHT),
                String.format(Locale.ROOT, "%.1f GB/s",
                        new Capacity(10_000).framesPerSecond() * (double) Scene.STRIDE_BYTES * Scene.HEIGHT / 1e9),
                String.format(Locale.ROOT, "%,d threads", new Capacity(1_000).framesPerSecond() * 10 / 1000 * 2),
                "replication factor " + Capacity.REPLICATION,
                String.format(Locale.ROOT, "%.0f ms of a core at the gateway", Capacity.GATEWAY_MILLIS),
                String.format(Locale.ROOT, "%.0f ms of a core at the worker", Capacity.WORKER_MILLIS));
    }

    @Test
    void threeBrokersTwoGatewaysAndTwoWorkersAreTheLeast() {
        Capacity one = new Capacity(1);
        assertThat(one.brokers()).isEqualTo(3);
        assertThat(one.gateways()).isEqualTo(2);
        assertThat(one.workerThreads()).isEqualTo(2);
        assertThat(one.partitions()).isEqualTo(12);
    }
}
