package io.github.camellva.examples.springboot;

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

import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class CamerasToSpringBootIT {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void everyFrameOfEveryCameraIsAnsweredAndCounted() throws Exception {
        Summary summary = example("cameras", "2", "seconds", "1").run();
        assertThat(summary.isComplete()).as(String.join("\n", lines())).isTrue();
        assertThat(summary.health().sessions()).isEqualTo(2);
        assertThat(lines()).anyMatch(line -> line.matches(
                "health     UP, consumer:extension UP: address 127.0.0.1:0, port \\d+, sessions 2"));
        for (String camera : List.of("camera-1", "camera-2")) {
            assertThat(lines()).filteredOn(line -> line.startsWith("metric     camel_lvagrpc_frames_total{")
                                                   && line.contains("graphInstance=\"" + camera + "\",graphNode=\"extension\"")
                                                   && line.contains("outcome=\"answered\"") && !line.endsWith(" 0.0"))
                    .hasSize(1);
        }
        assertThat(lines()).endsWith(
                summary.counts().sent() + " answered frames are in the metrics",
                "answered " + summary.counts().sent() + " of " + summary.counts().sent() + " frames");
    }

    @Test
    void stoppedEarlyItAnswersWhatIsInFlightAndSumsUp() throws Exception {
        CamerasToSpringBoot example = example("seconds", "86400");
        CompletableFuture<Summary> running = CompletableFuture.supplyAsync(() -> summary(example));
        await().atMost(Duration.ofSeconds(60)).until(() -> lines().stream().anyMatch(line -> line.startsWith("answer")));
        example.stop();
        Summary summary = running.get(30, TimeUnit.SECONDS);
        assertThat(summary.isComplete()).as(String.join("\n", lines())).isTrue();
        assertThat(lines()).anyMatch(line -> line.startsWith("stopping"));
        assertThat(lines()).endsWith("answered " + summary.counts().sent() + " of " + summary.counts().sent() + " frames");
    }

    @Test
    void theApplicationIsReadyWhileItsRouteTakesFrames() throws Exception {
        try (RunningApplication application = RunningApplication.start(0, 0)) {
            assertThat(application.actuator().isReady()).isTrue();
            application.camel().getRouteController().suspendRoute(ExtensionRoute.ID);
            assertThat(application.actuator().isReady()).isFalse();
            application.camel().getRouteController().resumeRoute(ExtensionRoute.ID);
            assertThat(application.actuator().isReady()).isTrue();
        }
    }

    @Test
    void aPortOfTheExtensionInUseIsNamedWithWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> example("extension.port", String.valueOf(taken.getLocalPort())).run())
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith("the application did not start: cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageEndingWith("another program or route may listen there, choose another port");
        }
    }

    @Test
    void aPortOfTheServerInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> example("server.port", String.valueOf(taken.getLocalPort())).run())
                    .isInstanceOf(UsageException.class)
                    .hasMessage("the application did not start: Port " + taken.getLocalPort() + " is already in use");
        }
    }

    @Test
    void springBootLogsWithLogback() {
        assertThat(LoggerFactory.getILoggerFactory().getClass().getName()).startsWith("ch.qos.logback.");
    }

    private CamerasToSpringBoot example(String... properties) throws UsageException {
        Properties chosen = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            chosen.setProperty(properties[i], properties[i + 1]);
        }
        return OptionReader.read(
                new CamerasToSpringBoot(new PrintStream(printed, true, StandardCharsets.UTF_8)), chosen);
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Summary summary(CamerasToSpringBoot example) {
        try {
            return example.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
