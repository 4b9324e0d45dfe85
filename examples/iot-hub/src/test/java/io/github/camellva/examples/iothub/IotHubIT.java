package io.github.camellva.examples.iothub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.examples.iothub.standin.StandInHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class IotHubIT {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void withoutOptionsEveryFrameArrivesAtTheStandIn() throws Exception {
        Summary summary = example("frames", "40", "realtime", "false").run();
        assertThat(summary.isComplete()).as(lines().toString()).isTrue();
        assertThat(summary.arrived()).hasValue(80);
        assertThat(lines()).anyMatch(line -> line.matches("message    the first from camera-gateway, .*"));
        assertThat(lines()).anyMatch(line -> line.startsWith("  property subject = /edgeModules/avaedge/livePipelines/"));
        assertThat(lines()).contains("80 of 80 frames have arrived at the stand-in hub");
        assertThat(lines()).endsWith("answered 80 of 80 frames");
    }

    @Test
    void tokensAreRenewedWhileFramesGoThrough() throws Exception {
        IotHub example = example("frames", "1000000", "realtime", "false", "tokenSeconds", "1");
        CompletableFuture<Summary> running = run(example);
        await().atMost(Duration.ofSeconds(60)).until(() -> count("renewed") >= 3);
        example.stop();
        Summary summary = running.get(20, TimeUnit.SECONDS);
        assertThat(summary.isComplete()).as(lines().toString()).isTrue();
        assertThat(summary.renewals()).isGreaterThanOrEqualTo(3);
        assertThat(summary.arrived()).hasValue(summary.frames().sent());
    }

    @Test
    void aHubOfOnesOwnIsNamedByAConnectionString() throws Exception {
        HubRecorder recorder = new HubRecorder();
        try (StandInHub hub = StandInHub.start("hub.azure-devices.net", recorder)) {
            Summary summary = example(
                    "connectionString", hub.registerModule("gate-1", "lva") + ";GatewayHostName=localhost",
                    "port", Integer.toString(hub.port()), "trustedCertificates", hub.trustedCertificates().toString(),
                    "output", "cloud", "cameras", "1", "frames", "5", "realtime", "false").run();
            assertThat(summary.isComplete()).as(lines().toString()).isTrue();
            assertThat(recorder.received("gate-1/lva")).hasSize(5)
                    .allSatisfy(message -> assertThat(message.properties()).containsEntry("$.on", "cloud"));
            assertThat(lines()).contains("5 frames have been acknowledged by the hub");
            assertThat(lines()).noneMatch(line -> line.contains("stand-in"));
        }
    }

    @Test
    void aHubThatCannotBeConnectedToIsToldInOneLine() throws Exception {
        assertThatThrownBy(() -> example(
                "connectionString", "HostName=localhost;DeviceId=gate-1;SharedAccessKey=c2VjcmV0",
                "port", Integer.toString(unusedPort())).run()).isInstanceOf(UsageException.class)
                .hasMessage("localhost cannot be reached: ConnectException, Connection refused");
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("c2VjcmV0");
    }

    @Test
    void qosTwoIsRefusedBeforeAnythingIsStarted() {
        assertThatThrownBy(() -> example("qos", "2")).isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-Dqos=2: IoT Hub ends connections on which QoS 2 comes");
        assertThat(lines()).isEmpty();
    }

    private IotHub example(String... options) throws UsageException {
        Properties properties = new Properties();
        for (int i = 0; i < options.length; i += 2) {
            properties.setProperty(options[i], options[i + 1]);
        }
        return new IotHub(Settings.of(properties, Map.of()), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private static CompletableFuture<Summary> run(IotHub example) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return example.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private long count(String start) {
        return lines().stream().filter(line -> line.startsWith(start)).count();
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
