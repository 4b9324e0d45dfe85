package io.github.camellva.examples.camera;

import java.awt.image.BufferedImage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.sun.net.httpserver.HttpServer;
import io.github.camellva.examples.rig.Source;
import io.github.camellva.examples.rig.SourceFrame;
import io.github.camellva.examples.rig.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SourcesTest {

    @TempDir
    private Path directory;

    @Test
    void everyFrameOfAVideoIsDecodedAtItsTime() throws Exception {
        try (Source source = Sources.open(Clip.write(directory.resolve("front door#1.mp4")).toString())) {
            List<SourceFrame> frames = all(source);
            assertThat(source.kind()).isEqualTo(Source.Kind.RECORDING);
            assertThat(source.name()).isEqualTo("front-door-1");
            assertThat(source.description()).contains("200x120, 25.0 frames per second");
            assertThat(frames).hasSize(Clip.FRAMES);
            for (int i = 0; i < frames.size(); i++) {
                assertThat(Duration.between(frames.get(0).taken(), frames.get(i).taken()))
                        .isCloseTo(Duration.ofMillis(40 * i), Duration.ofMillis(1));
            }
        }
    }

    @Test
    void aFrameKeepsItsPixelsWhenLaterOnesAreDecoded() throws Exception {
        try (Source source = Sources.open(Clip.write(directory.resolve("clip.mkv")).toString())) {
            List<SourceFrame> frames = all(source);
            for (int i = 0; i < frames.size(); i++) {
                BufferedImage picture = (BufferedImage) frames.get(i).picture();
                assertThat(picture.getWidth()).isEqualTo(Clip.WIDTH);
                assertThat(picture.getHeight()).isEqualTo(Clip.HEIGHT);
                assertThat(picture.getRGB(0, 0) & 0xFF).isCloseTo(Clip.gray(i), within(4));
                assertThat(picture.getRGB(Clip.WIDTH - 1, Clip.HEIGHT - 1) & 0xFF).isCloseTo(Clip.gray(i), within(4));
            }
        }
    }

    @Test
    void picturesComeAsTheirBytesInTheOrderOfTheirNames() throws Exception {
        Files.write(directory.resolve("2.PNG"), new byte[] { 2 });
        Files.write(directory.resolve("1.jpg"), new byte[] { 1 });
        Files.write(directory.resolve("3.bmp"), new byte[] { 3 });
        Files.write(directory.resolve("notes.txt"), new byte[] { 4 });
        Files.createDirectory(directory.resolve("older.jpg"));
        try (Source source = Sources.open(directory.toString())) {
            List<SourceFrame> frames = all(source);
            assertThat(source.kind()).isEqualTo(Source.Kind.RECORDING);
            assertThat(source.name()).isEqualTo(directory.getFileName().toString());
            assertThat(frames).extracting(SourceFrame::picture).containsExactly(
                    new byte[] { 1 }, new byte[] { 2 }, new byte[] { 3 });
            assertThat(frames.get(2).taken()).isEqualTo(frames.get(0).taken().plus(PictureDirectory.INTERVAL.multipliedBy(2)));
        }
    }

    @Test
    void theTestPatternMoves() throws Exception {
        try (Source source = TestPattern.open()) {
            BufferedImage first = (BufferedImage) source.next().orElseThrow().picture();
            BufferedImage second = (BufferedImage) source.next().orElseThrow().picture();
            assertThat(source.kind()).as("it is made as fast as it is asked for").isEqualTo(Source.Kind.RECORDING);
            assertThat(pixels(first)).hasSameSizeAs(pixels(second)).isNotEqualTo(pixels(second));
        }
    }

    @Test
    void aNetworkCameraIsLive() throws Exception {
        try (RtspCamera camera = RtspCamera.start(Files.readAllBytes(Clip.write(directory.resolve("clip.ts"))));
             Source source = Sources.open(camera.url())) {
            assertThat(source.kind()).isEqualTo(Source.Kind.LIVE);
            assertThat(source.name()).matches("127\\.0\\.0\\.1-\\d+-stream-1");
            assertThat(source.description()).startsWith("rtsp://127.0.0.1:").doesNotContain("secret").contains("200x120");
            // that a frame is complete is known when the next one begins
            assertThat(all(source)).hasSizeBetween(Clip.FRAMES - 1, Clip.FRAMES);
        }
    }

    @Test
    void aVideoComesByHttp() throws Exception {
        byte[] clip = Files.readAllBytes(Clip.write(directory.resolve("clip.mkv")));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, clip.length);
            exchange.getResponseBody().write(clip);
            exchange.close();
        });
        server.start();
        try (Source source = Sources.open("http://127.0.0.1:" + server.getAddress().getPort() + "/clip.mkv?user=x")) {
            assertThat(source.kind()).as("it says how long it is").isEqualTo(Source.Kind.RECORDING);
            assertThat(source.name()).matches("127\\.0\\.0\\.1-\\d+-clip\\.mkv");
            assertThat(all(source)).hasSize(Clip.FRAMES);
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "nowhere.mp4, there is no such file or directory; accepted are a video file",
            "'', there is no such file or directory",
            "pom.xml, it cannot be read as a video: Invalid data found",
            "src/main/java, there are no pictures in",
            "webcam:x, 'accepted are webcam, and webcam:N'",
            "webcam:997, there is no webcam /dev/video997",
            "ftp://camera/1, accepted are rtsp://",
            "http://127.0.0.1:1/video, no video comes from there: Connection refused",
            "rtsp://127.0.0.1:1/video, no video comes from there: Connection refused" })
    void whatCannotBeOpenedIsNamedWithTheReason(String source, String reason) {
        assertThatThrownBy(() -> Sources.open(source))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-Dsource=" + source + ": " + reason)
                .extracting(Throwable::getMessage).asString().hasLineCount(1);
    }

    @Test
    void thePasswordOfACameraIsNotShown() {
        assertThatThrownBy(() -> Sources.open("rtsp://admin:p@ss@127.0.0.1:1/video"))
                .hasMessageStartingWith("-Dsource=rtsp://127.0.0.1:1/video: ");
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    private static List<SourceFrame> all(Source source) throws Exception {
        List<SourceFrame> frames = new ArrayList<>();
        for (Optional<SourceFrame> next = source.next(); next.isPresent(); next = source.next()) {
            frames.add(next.get());
        }
        return frames;
    }
}
