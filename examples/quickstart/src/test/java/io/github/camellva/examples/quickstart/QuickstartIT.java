package io.github.camellva.examples.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.UsageException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(180)
class QuickstartIT {

    /** Real videos beside the project; not everybody has them. */
    private static final Path VIDEOS = Path.of("../../../shared/video");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = { "embedded", "sharedMemory" })
    void everyFrameOfTheSceneIsAnsweredAndPublished(String transfer) throws Exception {
        Summary summary = quickstart("frames", "40", "transfer", transfer, "realtime", "false").run();
        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.counts().answered()).isEqualTo(40);
        assertThat(summary.motions()).isEqualTo(39 * 3);
        assertThat(summary.classifications()).isEqualTo(40);
        assertThat(summary.documents()).isEqualTo(40);
        assertThat(lines()).filteredOn(line -> line.startsWith("frame ")).hasSize(40);
        assertThat(lines()).filteredOn(line -> line.contains("3 of 3 objects")).hasSize(39);
        assertThat(lines()).filteredOn(line -> line.contains("lva/quickstart/inferences {\"timestamp\":")).hasSize(40);
        assertThat(lines()).endsWith("answered 40 of 40 frames");
        assertThatNoSharedMemoryIsLeft();
    }

    @Test
    void stoppedEarlyItAnswersWhatIsInFlightAndSumsUp() throws Exception {
        Quickstart quickstart = quickstart();
        CompletableFuture<Summary> running = CompletableFuture.supplyAsync(() -> summary(quickstart));
        await().atMost(Duration.ofSeconds(60)).until(() -> lines().stream().anyMatch(line -> line.startsWith("frame    5")));
        assertThat(liveView()).contains("\"name\":\"quickstart\"").doesNotContain("\"sent\"");
        quickstart.stop();
        Summary summary = running.get(10, TimeUnit.SECONDS);
        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.counts().sent()).isBetween(5L, Quickstart.FRAMES_OF_SCENE - 1);
        assertThat(lines()).anyMatch(line -> line.startsWith("stopping"));
        assertThat(lines()).endsWith("answered " + summary.counts().sent() + " of " + summary.counts().sent() + " frames");
    }

    @Test
    void withoutALiveViewThereIsNoServer() throws Exception {
        assertThat(quickstart("frames", "2", "view", "false", "realtime", "false").run().isComplete()).isTrue();
        assertThat(lines()).noneMatch(line -> line.startsWith("live view"));
    }

    @TestFactory
    Stream<DynamicTest> everyFrameOfARealVideoIsAnswered() throws IOException {
        assumeTrue(Files.isDirectory(VIDEOS), () -> "no videos in " + VIDEOS.toAbsolutePath().normalize());
        List<Path> videos;
        try (Stream<Path> files = Files.list(VIDEOS)) {
            videos = files.sorted().toList();
        }
        // the way of the frames does not depend on the video, so that one goes both ways
        return Stream.concat(
                videos.stream().map(video -> DynamicTest.dynamicTest(
                        video.getFileName().toString(), () -> everyFrameIsAnswered(video, "embedded"))),
                videos.stream().skip(videos.size() - 1).map(video -> DynamicTest.dynamicTest(
                        video.getFileName() + " sharedMemory", () -> everyFrameIsAnswered(video, "sharedMemory"))));
    }

    @Test
    void noMoreFramesOfAVideoAreSentThanAskedFor() throws Exception {
        assumeTrue(Files.isDirectory(VIDEOS), () -> "no videos in " + VIDEOS.toAbsolutePath().normalize());
        try (Stream<Path> files = Files.list(VIDEOS)) {
            String video = files.findFirst().orElseThrow().toString();
            assertThat(quickstart("video", video, "frames", "7", "realtime", "false").run().counts().sent()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @CsvSource({ "pom.xml, it cannot be read as a video", "src, is a directory", "nowhere.mp4, there is no file" })
    void whatIsNoVideoIsRefusedBeforeAFrameIsSent(String video, String reason) {
        assertThatThrownBy(() -> quickstart("video", video).run())
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-Dvideo=" + video + ": ").hasMessageContaining(reason);
        assertThat(lines()).noneMatch(line -> line.startsWith("frame "));
    }

    private void assertThatNoSharedMemoryIsLeft() throws IOException {
        String transfer = lines().stream().filter(line -> line.startsWith("transfer")).findFirst().orElseThrow();
        Path directory = Path.of(transfer.contains("embedded") ? "target" : transfer.replaceAll(".*shared memory in ", ""));
        try (Stream<Path> left = Files.list(directory)) {
            String ours = "lvagrpc-" + ProcessHandle.current().pid() + "-";
            assertThat(left.filter(file -> file.getFileName().toString().startsWith(ours))).isEmpty();
        }
    }

    private void everyFrameIsAnswered(Path video, String transfer) throws Exception {
        printed.reset();
        Summary summary = quickstart("video", video.toString(), "transfer", transfer, "realtime", "false").run();
        assertThat(summary.isComplete()).as(String.join("\n", lines())).isTrue();
        assertThat(summary.documents()).isEqualTo(summary.counts().answered());
        assertThat(lines()).endsWith("answered " + summary.counts().sent() + " of " + summary.counts().sent() + " frames");
    }

    /** The cameras that the page at the printed address shows. */
    private String liveView() throws IOException, InterruptedException {
        String page = lines().stream().filter(line -> line.startsWith("live view ")).findFirst().orElseThrow().substring(10).strip();
        HttpRequest request = HttpRequest.newBuilder(URI.create(page + "cameras")).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private Quickstart quickstart(String... properties) throws UsageException {
        Properties chosen = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            chosen.setProperty(properties[i], properties[i + 1]);
        }
        return OptionReader.read(new Quickstart(new PrintStream(printed, true, StandardCharsets.UTF_8)), chosen);
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Summary summary(Quickstart quickstart) {
        try {
            return quickstart.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
