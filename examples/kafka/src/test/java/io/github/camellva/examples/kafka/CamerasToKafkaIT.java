package io.github.camellva.examples.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.examples.rig.kafka.KafkaBroker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class CamerasToKafkaIT {

    private static String brokers;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeAll
    static void startBroker() throws Exception {
        brokers = KafkaBroker.shared().bootstrapServers();
    }

    @ParameterizedTest
    @ValueSource(strings = { "at-least-once", "at-once" })
    void everyFrameIsAnsweredAndItsResultIsOnKafka(String delivery) throws Exception {
        Summary summary = example("frames", "20", "realtime", "false", "delivery", delivery, "brokers", brokers).run();
        assertThat(summary.isComplete()).as(printed.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(summary.frames()).isEqualTo(new FrameCounts(60, 0, 60, 0, 0));
        assertThat(summary).extracting(Summary::records, Summary::missing).containsExactly(60L, 0L);
        assertThat(lines()).filteredOn(line -> line.startsWith("record ")).hasSize(60);
        assertThat(lines()).anyMatch(line -> line.startsWith("  header   ce_subject: camera-3"));
        assertThat(lines()).endsWith("answered 60 of 60 frames");
    }

    @ParameterizedTest
    @ValueSource(strings = { "at-least-once", "at-once" })
    void allIsWellAfterAnOutageThatTheClientBridgesAndNothingIsLeftOfTheBroker(String delivery) throws Exception {
        List<Path> before = directories();
        Summary summary = example("frames", "20", "realtime", "false", "delivery", delivery, "outage", "1").run();
        assertThat(summary.isComplete()).as(printed.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(summary.missing()).isZero();
        assertThat(lines()).anyMatch(line -> line.startsWith("outage     the broker is back"));
        assertThat(lines()).endsWith("answered 60 of 60 frames");
        assertThat(directories()).isEqualTo(before);
    }

    @Test
    void onlyRecordsOfThisRunAreCounted() throws Exception {
        for (int run = 0; run < 2; run++) {
            Summary summary = example("brokers", brokers, "cameras", "1", "frames", "5", "realtime", "false").run();
            assertThat(summary.records()).isEqualTo(5);
            assertThat(summary.isComplete()).isTrue();
        }
    }

    @Test
    void stoppedEarlyItWaitsForAnswersAndSumsUp() throws Exception {
        CamerasToKafka example = example("frames", "100000", "brokers", brokers);
        CompletableFuture<Summary> running = CompletableFuture.supplyAsync(() -> summary(example));
        await().atMost(Duration.ofSeconds(60)).until(() -> lines().stream().anyMatch(line -> line.startsWith("record ")));
        example.stop();
        Summary summary = running.get(30, TimeUnit.SECONDS);
        assertThat(summary.isComplete()).as(printed.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(lines()).endsWith("answered " + summary.frames().sent() + " of " + summary.frames().sent() + " frames");
    }

    @Test
    void aBrokerThatIsNotThereIsNamedBeforeAnythingIsSent() throws Exception {
        String unused = "127.0.0.1:" + unusedPort();
        assertThatThrownBy(() -> example("brokers", unused).run())
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-Dbrokers=" + unused + ": no Kafka broker answered");
    }

    private static List<Path> directories() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("lva-kafka")).sorted().toList();
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private CamerasToKafka example(String... properties) throws UsageException {
        Properties chosen = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            chosen.setProperty(properties[i], properties[i + 1]);
        }
        return new CamerasToKafka(Settings.of(chosen), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Summary summary(CamerasToKafka example) {
        try {
            return example.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
