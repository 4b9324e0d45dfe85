package io.github.camellva.video;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class RtspIT {

    private static final String PASSWORD = "s3cr:t/@&x";

    @ParameterizedTest
    @ValueSource(strings = { "tcp", "udp" })
    void framesOfACameraComeAtTheirTime(String transport) throws Exception {
        try (RtspCamera camera = RtspCamera.start("h264", "320", "240", "25");
             Watched watched = Watched.start("lvavideo:" + camera.address() + "?transport=" + transport)) {
            watched.awaitFrames(50);
            assertThat(watched.seen().get(0).width()).isEqualTo(320);
            assertThat(watched.seen().get(0).body()).hasSize(320 * 240 * 3);
            watched.assertThatTimestampsGrow();
            assertThat(watched.seen()).allSatisfy(frame -> assertThat(frame.ageMillis()).isBetween(-200L, 2000L));
            long ticks = watched.seen().get(49).timestamp() - watched.seen().get(24).timestamp();
            assertThat(ticks / 90.0 / 25).as("milliseconds from frame to frame").isBetween(30.0, 60.0);
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
        try (RtspCamera camera = RtspCamera.start("h264", "320", "240", "25");
             DamagingProxy proxy = DamagingProxy.start(camera.port());
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
    void framesPerSecondAreKept() throws Exception {
        try (RtspCamera camera = RtspCamera.start("h264", "320", "240", "25");
             Watched watched = Watched.start("lvavideo:" + camera.address() + "?framesPerSecond=5")) {
            watched.awaitFrames(11);
            long ticks = watched.seen().get(10).timestamp() - watched.seen().get(0).timestamp();
            assertThat(ticks / 90_000.0).as("seconds of ten intervals").isBetween(1.7, 2.6);
        }
    }

    @Test
    void suspendedItLetsTheCameraGoAndResumedItPlaysAgain() throws Exception {
        try (RtspCamera camera = RtspCamera.start("h264", "320", "240", "25");
             Watched watched = Watched.start("lvavideo:" + camera.address())) {
            watched.awaitFrames(5);
            watched.context().getRouteController().suspendRoute(Watched.ROUTE);
            watched.awaitState("suspended");
            watched.context().getRouteController().resumeRoute(Watched.ROUTE);
            watched.awaitFrames(5);
            watched.assertThatTimestampsGrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "stop", "suspend" })
    void itStopsWithinASecondWhileItConnects(String how) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
             Watched watched = Watched.start("lvavideo:rtsp://127.0.0.1:" + silent.getLocalPort() + "/silent")) {
            silent.accept();
            long start = System.nanoTime();
            if (how.equals("stop")) {
                watched.context().getRouteController().stopRoute(Watched.ROUTE);
            } else {
                watched.context().getRouteController().suspendRoute(Watched.ROUTE);
                watched.awaitState("suspended");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void whoDoesNotAnswerIsNamed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
             Watched watched = Watched.start("lvavideo:rtsp://127.0.0.1:" + silent.getLocalPort() + "/silent?connectTimeout=300")) {
            watched.awaitState("waiting to reconnect");
            assertThat(watched.consumer().getLastError())
                    .isEqualTo("rtsp://127.0.0.1:" + silent.getLocalPort() + "/silent has not answered for 300 ms (connectTimeout)");
        }
    }

    @Test
    void whoIsNotThereIsNamed() throws Exception {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        try (Watched watched = Watched.start("lvavideo:rtsp://127.0.0.1:" + port + "/nobody")) {
            watched.awaitState("waiting to reconnect");
            assertThat(watched.consumer().getLastError())
                    .isEqualTo("rtsp://127.0.0.1:" + port + "/nobody cannot be reached: Connection refused");
        }
    }
}
