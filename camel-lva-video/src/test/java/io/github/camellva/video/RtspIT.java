package io.github.camellva.video;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class RtspIT {

    private static final String PASSWORD = "s3cr:t/@&x";

    /** For those that leave it alone. */
    private static RtspCamera street;

    @BeforeAll
    static void start() throws Exception {
        street = RtspCamera.start("h264", "320", "240", "25");
    }

    @AfterAll
    static void stop() throws Exception {
        if (street != null) {
            street.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "tcp", "udp" })
    void framesOfACameraComeAtTheirTime(String transport) throws Exception {
        try (Watched watched = Watched.start("lvavideo:" + street.address() + "?transport=" + transport)) {
            watched.awaitFrames(50);
            assertThat(watched.seen().get(0).width()).isEqualTo(320);
            assertThat(watched.seen().get(0).body()).hasSize(320 * 240 * 3);
            watched.assertThatTimestampsGrow();
            assertThat(watched.seen()).allSatisfy(frame -> assertThat(frame.ageMillis()).isBetween(-200L, 2000L));
            // until the camera has told its time, frames have that of their arrival
            await().atMost(Duration.ofSeconds(30)).untilAsserted(
                    () -> assertThat(medianIntervalMillis(last(25, watched.seen()))).isBetween(30.0, 60.0));
            assertThat(watched.health().getState()).isEqualTo(HealthCheck.State.UP);
        }
    }

    @Test
    void aCameraThatDropsOutIsDownAndComesBackByItself() throws Exception {
        try (RtspCamera camera = RtspCamera.start("h264", "320", "240", "25");
             Watched watched = Watched.start("lvavideo:" + camera.address())) {
            watched.awaitFrames(5);
            camera.kill();
            watched.awaitState("waiting to reconnect");
            assertThat(watched.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(watched.health().getMessage()).get().asString().contains("127.0.0.1:" + camera.port());
            camera.startAgain();
            watched.awaitFrames(5);
            assertThat(watched.consumer().getLosses()).isEqualTo(1);
            assertThat(watched.health().getState()).isEqualTo(HealthCheck.State.UP);
            watched.assertThatTimestampsGrow();
        }
    }

    @Test
    void aCameraThatStallsIsLostAndFoundAgain() throws Exception {
        try (RtspCamera camera = RtspCamera.start("h264", "320", "240", "25");
             Watched watched = Watched.start("lvavideo:" + camera.address() + "?readTimeout=500&connectTimeout=1000")) {
            watched.awaitFrames(5);
            camera.stall();
            watched.awaitState("waiting to reconnect");
            assertThat(watched.consumer().getLastError()).contains("has sent nothing for 500 ms (readTimeout)");
            camera.goOn();
            watched.awaitFrames(10);
            watched.assertThatTimestampsGrow();
        }
    }

    @Test
    void aWrongPasswordIsToldInOneSentenceAndNoPasswordIsShown() throws Exception {
        try (RtspCamera camera = RtspCamera.start("h264", "320", "240", "25", "ad min", PASSWORD);
             Watched wrong = Watched.start("lvavideo:" + camera.address() + "?username=admin&password=RAW(wr0ng)")) {
            wrong.awaitState("waiting to reconnect");
            assertThat(wrong.consumer().getLastError()).isEqualTo(camera.address()
                    + " refuses the user name or the password, or wants some and got none: set username and password");
            assertThat(wrong.health().toString() + wrong.health().getDetails() + wrong.context().getEndpoints()
                       + wrong.consumer().getEndpoint().getEndpointUri() + wrong.consumer().getSource()).doesNotContain("wr0ng");
            assertThat(Files.readString(Path.of("target/test.log"))).doesNotContain("wr0ng").contains("refuses the user name");
        }
    }

    @Test
    void theRightPasswordOpensWhateverIsInIt() throws Exception {
        try (RtspCamera camera = RtspCamera.start("h264", "320", "240", "25", "ad min", PASSWORD);
             Watched watched = Watched.start("lvavideo:" + camera.address() + "?username=RAW(ad min)&password=RAW(" + PASSWORD + ")")) {
            watched.awaitFrames(5);
        }
    }

    @Test
    void aPasswordInsideTheAddressWorksAndIsNotShown() throws Exception {
        try (RtspCamera camera = RtspCamera.start("h264", "320", "240", "25", "admin", "hidden1");
             Watched watched = Watched.start("lvavideo:" + camera.address().replace("//", "//admin:hidden1@"))) {
            watched.awaitFrames(5);
            assertThat(watched.consumer().getEndpoint().getEndpointUri() + watched.consumer().getEndpoint() + watched.consumer().getSource()
                       + watched.health().getDetails()).doesNotContain("hidden1");
            assertThat(Files.readString(Path.of("target/test.log"))).doesNotContain("hidden1");
        }
    }

    @Test
    void picturesMayChangeTheirSize() throws Exception {
        try (RtspCamera camera = RtspCamera.start("growing", "160", "120", "25");
             Watched watched = Watched.start("lvavideo:" + camera.address())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> watched.seen().stream().anyMatch(frame -> frame.width() == 320));
            assertThat(watched.seen().get(0).width()).isEqualTo(160);
            assertThat(watched.seen()).allSatisfy(frame -> assertThat(frame.body()).hasSize(frame.width() * frame.height() * 3));
            assertThat(watched.consumer().getLosses()).isZero();
        }
    }

    @Test
    void aDamagedStreamGoesOn() throws Exception {
        try (DamagingProxy proxy = DamagingProxy.start(street.port());
             Watched watched = Watched.start("lvavideo:rtsp://127.0.0.1:" + proxy.port() + "/camera0")) {
            watched.awaitFrames(25);
            await().atMost(Duration.ofSeconds(30)).until(() -> proxy.damaged() > 20);
            watched.awaitFrames(25);
            watched.assertThatTimestampsGrow();
        }
    }

    @Test
    void jpgFramesOfACameraNeedNoDecoding() throws Exception {
        try (RtspCamera camera = RtspCamera.start("jpeg", "320", "240", "25");
             Watched watched = Watched.start("lvavideo:" + camera.address() + "?format=JPG")) {
            watched.awaitFrames(5);
            assertThat(watched.seen().get(0).encoding()).isEqualTo("JPG");
            assertThat(watched.seen().get(0).width()).isEqualTo(320);
            assertThat(watched.seen().get(0).body()).startsWith(0xff, 0xd8);
        }
    }

    @Test
    void keyframesMayBeFurtherApartThanACameraMayBeSilent() throws Exception {
        try (Watched watched = Watched.start("lvavideo:" + street.address() + "?decode=keyframes&readTimeout=600")) {
            watched.awaitFrames(3);
            assertThat(watched.consumer().getLosses()).isZero();
        }
    }

    @Test
    void framesPerSecondAreKept() throws Exception {
        try (Watched watched = Watched.start("lvavideo:" + street.address() + "?framesPerSecond=5")) {
            watched.awaitFrames(11);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(
                    () -> assertThat(medianIntervalMillis(last(11, watched.seen()))).isBetween(170.0, 260.0));
        }
    }

    @Test
    void suspendedItLetsTheCameraGoAndResumedItPlaysAgain() throws Exception {
        try (Watched watched = Watched.start("lvavideo:" + street.address())) {
            watched.awaitFrames(5);
            watched.context().getRouteController().suspendRoute(Watched.ROUTE);
            watched.awaitState("suspended");
            watched.context().getRouteController().resumeRoute(Watched.ROUTE);
            watched.awaitFrames(5);
            watched.assertThatTimestampsGrow();
        }
    }

    private static List<Watched.Seen> last(int frames, List<Watched.Seen> seen) {
        return seen.subList(seen.size() - frames, seen.size());
    }

    /** Of most frames: on a busy machine, some come late and together. */
    private static double medianIntervalMillis(List<Watched.Seen> seen) {
        return IntStream.range(1, seen.size()).mapToDouble(i -> (seen.get(i).timestamp() - seen.get(i - 1).timestamp()) / 90.0)
                .sorted().skip(seen.size() / 2).findFirst().orElseThrow();
    }
}
