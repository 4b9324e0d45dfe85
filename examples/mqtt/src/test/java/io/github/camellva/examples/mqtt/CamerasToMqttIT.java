package io.github.camellva.examples.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.MqttBroker;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class CamerasToMqttIT {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @ParameterizedTest
    @EnumSource
    void everyDocumentOfEveryCameraArrives(Delivery delivery) throws Exception {
        Summary summary = example("delivery", delivery.toString(), "cameras", "2", "frames", "20", "realtime", "false").run();
        assertThat(summary.isComplete()).as(String.join("\n", lines())).isTrue();
        for (String camera : List.of("camera-1", "camera-2")) {
            assertThat(lines()).filteredOn(line -> line.startsWith("arrived    lva/" + camera + "/inferences {\"timestamp\":"))
                    .hasSize(20);
        }
        assertThat(lines()).endsWith(
                "40 of 40 documents arrived in order, 0 of them again, 0 wrong",
                "0 results discarded, 0 frames dropped by cameras, 0 failed",
                "answered 40 of 40 frames");
    }

    @Test
    void theBrokerIsAnotherOneWhenItIsNamed() throws Exception {
        try (MqttBroker broker = MqttBroker.start()) {
            assertThat(example("broker", broker.url(), "frames", "5", "realtime", "false").run().arrived()).isEqualTo(15);
            assertThat(lines()).contains("broker     " + broker.url() + ", topics lva/+/inferences");
        }
    }

    @Test
    void stoppedEarlyItWaitsForWhatIsUnderWayAndSumsUp() throws Exception {
        CamerasToMqtt example = example("frames", "1000000");
        CompletableFuture<Summary> running = run(example);
        await().atMost(Duration.ofSeconds(60)).until(() -> lines().stream().anyMatch(line -> line.startsWith("arrived")));
        example.stop();
        Summary summary = running.get(30, TimeUnit.SECONDS);
        assertThat(summary.isComplete()).as(String.join("\n", lines())).isTrue();
        assertThat(lines()).endsWith("answered " + summary.counts().sent() + " of " + summary.counts().sent() + " frames");
    }

    @ParameterizedTest
    @EnumSource
    void aBrokerThatIsNotThereIsToldAndDoesNotKeepItFromBeingStopped(Delivery delivery) throws Exception {
        String broker = "tcp://127.0.0.1:" + unusedPort();
        CamerasToMqtt example = example("broker", broker, "delivery", delivery.toString());
        CompletableFuture<Summary> running = run(example);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> lines().contains("broker     does not take results: Connection refused"));
        example.stop();
        Summary summary = running.get(30, TimeUnit.SECONDS);
        assertThat(summary.isComplete()).isFalse();
        assertThat(summary.discarded()).isPositive();
        assertThat(summary.arrived()).isZero();
    }

    private CamerasToMqtt example(String... properties) throws UsageException {
        Properties chosen = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            chosen.setProperty(properties[i], properties[i + 1]);
        }
        return OptionReader.read(new CamerasToMqtt(new PrintStream(printed, true, StandardCharsets.UTF_8)), chosen);
    }

    private static CompletableFuture<Summary> run(CamerasToMqtt example) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return example.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
