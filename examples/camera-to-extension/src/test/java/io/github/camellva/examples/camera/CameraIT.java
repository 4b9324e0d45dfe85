package io.github.camellva.examples.camera;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.grpc.LvaGrpcConsumer;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.Attribute;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(180)
class CameraIT {

    /** Real videos beside the project; not everybody has them. */
    private static final Path VIDEOS = Path.of("../../../shared/video");
    /** Of a picture every 100 ms. */
    private static final long TICKS_BETWEEN_FRAMES = 9000;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({ "yaml, embedded", "yaml, sharedMemory", "java, embedded", "java, sharedMemory" })
    void everyFrameIsAnsweredWithItsBrightness(String route, String transfer) throws Exception {
        assumeTrue(transfer.equals("embedded") || Files.isDirectory(Path.of("/dev/shm")), "no shared memory here");
        Path clip = Clip.write(directory);
        CameraToExtension.Summary summary = camera(
                "source", clip.toString(), "route", route, "transfer", transfer, "realtime", "false").run();
        assertThat(summary.isComplete()).as(lines(messages).toString()).isTrue();
        assertThat(lines(messages)).endsWith("answered 30 of 30 frames");
        // threads of the route may overtake each other behind the answers
        List<InferenceDocument> documents = documents().stream().sorted(Comparator.comparingLong(InferenceDocument::timestamp)).toList();
        assertThat(documents).hasSize(Clip.FRAMES);
        for (int i = 0; i < documents.size(); i++) {
            assertThat(documents.get(i).timestamp() - documents.get(0).timestamp())
                    .as("one for each frame").isCloseTo(i * TICKS_BETWEEN_FRAMES, within(90L));
            // 250 of 416 rows are picture, the others black
            assertThat(mean(documents.get(i))).isCloseTo(Clip.gray(i) * 250 / 416.0, within(4.0));
        }
    }

    @Test
    void theTestPatternGoesWhenNothingElseIsNamed() throws Exception {
        assertThat(camera("frames", "5").run().isComplete()).isTrue();
        assertThat(documents()).hasSize(5);
    }

    @Test
    void pictureFilesAreSentAndOneThatIsNoneIsLeftOut() throws Exception {
        for (String format : List.of("jpg", "png", "bmp")) {
            Files.write(directory.resolve("a." + format), Clip.picture(5, format));
        }
        Files.writeString(directory.resolve("b.jpg"), "nothing to see here");
        CameraToExtension.Summary summary = camera("source", directory.toString(), "realtime", "false").run();
        assertThat(summary.isComplete()).as(lines(messages).toString()).isTrue();
        assertThat(lines(messages)).endsWith("answered 3 of 3 frames");
        assertThat(documents()).hasSize(3);
    }

    @Test
    void aNetworkCameraIsAnswered() throws Exception {
        try (HttpCamera http = HttpCamera.start()) {
            CameraToExtension.Summary summary = camera("source", http.url(), "frames", "20").run();
            assertThat(summary.isComplete()).as(lines(messages).toString()).isTrue();
            assertThat(documents()).hasSize(20);
            assertThat(messages.toString(StandardCharsets.UTF_8)).contains("/stream/1").doesNotContain("secret");
        }
    }

    @Test
    void framesWithoutFindingsPrintNothing() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            int port = startExtension(context, 0, exchange -> exchange.getMessage().setBody(null));
            assertThat(camera("frames", "5", "extension", "127.0.0.1:" + port).run().isComplete()).isTrue();
            assertThat(lines(results)).isEmpty();
        }
    }

    @Test
    void anExtensionThatTakesPixelsIsSentWhatItTakes() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("lvagrpc:127.0.0.1:0?encodings=RAW&pixelFormats=BGR24").routeId("extension")
                            .filter(header("CamelLvaGrpcWidth").isNotEqualTo(64)).throwException(new IllegalStateException("size"));
                }
            });
            context.start();
            String extension = "127.0.0.1:" + ((LvaGrpcConsumer) context.getRoute("extension").getConsumer()).getPort();
            for (String route : List.of("yaml", "java")) {
                assertThat(camera("frames", "5", "extension", extension, "route", route, "format", "BGR24", "size", "64x48").run()
                        .isComplete()).as(lines(messages).toString()).isTrue();
            }
        }
    }

    @Test
    void anExtensionThatIsNotThereIsNamedOnceAndItsFramesAreCounted() throws Exception {
        String extension = "127.0.0.1:" + unusedPort();
        CameraToExtension.Summary summary = camera("frames", "9", "extension", extension, "realtime", "false").run();
        assertThat(summary.isComplete()).isFalse();
        assertThat(summary.counts().failed()).isEqualTo(9);
        assertThat(lines(messages)).filteredOn(line -> line.startsWith("failed")).singleElement().asString()
                .contains("frame 1: ").contains(extension).contains("connection refused").doesNotContain("Exchange[");
        assertThat(lines(messages)).endsWith("answered 0 of 9 frames");
        assertThat(lines(results)).isEmpty();
    }

    @Test
    void anExtensionThatGoesAwayAndComesBackIsUsedAgain() throws Exception {
        CameraToExtension camera;
        CompletableFuture<CameraToExtension.Summary> running;
        int port;
        try (CamelContext context = new DefaultCamelContext()) {
            port = startExtension(context, 0, exchange -> exchange.getMessage().setBody(List.of()));
            camera = camera("frames", "1000000", "extension", "127.0.0.1:" + port);
            running = CompletableFuture.supplyAsync(() -> summary(camera));
            awaitMessage("route ");
        }
        awaitMessage("failed ");
        try (CamelContext context = new DefaultCamelContext()) {
            startExtension(context, port, exchange -> exchange.getMessage().setBody(List.of()));
            awaitMessage("answered ");
            camera.stop();
            CameraToExtension.Summary summary = running.get(30, TimeUnit.SECONDS);
            assertThat(summary.counts().failed()).isPositive();
            assertThat(summary.counts().answered()).isPositive();
        }
    }

    @Test
    void stoppedEarlyItWaitsForAnswersAndSumsUp() throws Exception {
        CameraToExtension camera = camera("frames", "1000000");
        CompletableFuture<CameraToExtension.Summary> running = CompletableFuture.supplyAsync(() -> summary(camera));
        await().atMost(Duration.ofSeconds(60)).until(() -> lines(results).size() >= 5);
        camera.stop();
        CameraToExtension.Summary summary = running.get(10, TimeUnit.SECONDS);
        assertThat(summary.isComplete()).isTrue();
        assertThat(documents()).hasSize((int) summary.counts().sent());
        assertThat(lines(messages)).anyMatch(line -> line.startsWith("stopping"));
        assertThat(lines(messages)).endsWith("answered " + summary.counts().sent() + " of " + summary.counts().sent() + " frames");
    }

    @Test
    void whatIsNoVideoIsRefusedBeforeAnythingIsStarted() {
        assertThatThrownBy(() -> camera("source", "pom.xml").run()).isInstanceOf(UsageException.class);
        assertThat(lines(messages)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyFrameOfARealVideoIsAnswered() throws IOException {
        assumeTrue(Files.isDirectory(VIDEOS), () -> "no videos in " + VIDEOS.toAbsolutePath().normalize());
        List<Path> videos;
        try (Stream<Path> files = Files.list(VIDEOS)) {
            videos = files.sorted().toList();
        }
        return videos.stream().map(video -> DynamicTest.dynamicTest(video.getFileName().toString(), () -> {
            results.reset();
            CameraToExtension.Summary summary = camera("source", video.toString(), "realtime", "false", "frames", "300").run();
            assertThat(summary.isComplete()).as(lines(messages).toString()).isTrue();
            assertThat(documents()).hasSize((int) summary.counts().sent());
        }));
    }

    private static int startExtension(CamelContext context, int port, Processor processor) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:" + port).routeId("extension").process(processor);
            }
        });
        context.start();
        return ((LvaGrpcConsumer) context.getRoute("extension").getConsumer()).getPort();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private CameraToExtension camera(String... properties) throws UsageException {
        Properties chosen = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            chosen.setProperty(properties[i], properties[i + 1]);
        }
        return OptionReader.read(new CameraToExtension(new PrintStream(results, true, StandardCharsets.UTF_8),
                new PrintStream(messages, true, StandardCharsets.UTF_8)), chosen);
    }

    private void awaitMessage(String start) {
        await().atMost(Duration.ofSeconds(60)).until(() -> lines(messages).stream().anyMatch(line -> line.startsWith(start)));
    }

    private List<InferenceDocument> documents() {
        return lines(results).stream().map(InferenceDocument::parse).toList();
    }

    private static double mean(InferenceDocument document) {
        Attribute mean = document.inferences().get(0).getClassification().getAttributes(0);
        assertThat(mean.getName()).isEqualTo("mean");
        return Double.parseDouble(mean.getValue());
    }

    private static List<String> lines(ByteArrayOutputStream printed) {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static CameraToExtension.Summary summary(CameraToExtension camera) {
        try {
            return camera.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
