package io.github.camellva.examples.rig.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

import io.github.camellva.examples.rig.faults.TcpProxy.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class TcpProxyIT {

    private static final int MOST_MILLIS = 20_000;
    private static final int SHORT_MILLIS = 200;

    private final ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final TcpProxy proxy = new TcpProxy(server.getLocalPort());
    private Socket near;
    private Socket far;

    TcpProxyIT() throws IOException {
    }

    @BeforeEach
    void connect() throws IOException {
        near = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        near.setSoTimeout(MOST_MILLIS);
        far = server.accept();
        far.setSoTimeout(MOST_MILLIS);
    }

    @AfterEach
    void close() throws IOException {
        near.close();
        far.close();
        proxy.close();
        server.close();
    }

    @Test
    void bytesGoBothWays() throws IOException {
        near.getOutputStream().write(1);
        assertThat(far.getInputStream().read()).isEqualTo(1);
        far.getOutputStream().write(2);
        assertThat(near.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void theEndOfOneSideIsTheEndOfTheOther() throws IOException {
        near.close();
        assertThat(far.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void whatWasSentInSilenceComesAfterIt() throws IOException {
        proxy.become(Network.SILENT);
        near.getOutputStream().write(1);
        far.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> far.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        far.setSoTimeout(MOST_MILLIS);
        proxy.become(Network.FINE);
        assertThat(far.getInputStream().read()).isEqualTo(1);
    }

    @Test
    void aCutEndsConnectionsAndAcceptsNoneUntilItIsMended() throws IOException {
        proxy.become(Network.CUT);
        assertThat(far.getInputStream().read()).isEqualTo(-1);
        try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            assertThat(refused.getInputStream().read()).isEqualTo(-1);
        }
        proxy.become(Network.FINE);
        connect();
        bytesGoBothWays();
    }

    @Test
    void aThrottledNetworkTakesItsTime() throws IOException {
        proxy.become(Network.THROTTLED);
        long start = System.nanoTime();
        near.getOutputStream().write(new byte[100_000]);
        assertThat(far.getInputStream().readNBytes(100_000)).hasSize(100_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(150));
    }
}
