package io.github.camellva.video;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Nobody is there, or nobody answers. */
@Timeout(60)
@Isolated("a stop is timed")
class UnreachableCameraIT {

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
