package io.github.camellva.grpc.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;

import io.github.camellva.grpc.RawNode;
import io.github.camellva.grpc.stream.AnswerOrder;
import io.github.camellva.grpc.stream.OnFailure;
import io.github.camellva.grpc.stream.Overflow;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.SessionEnvironment;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.ThriftyExecutor;
import io.github.camellva.grpc.thread.VirtualTime;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An extension's server whose timers fire when the test says so. */
class ExtensionServerIT {

    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(30);

    private final VirtualTime time = new VirtualTime();
    private ExtensionServer server;

    @BeforeEach
    void start() throws Exception {
        SessionSettings sessions = new SessionSettings(
                "test", 1 << 20, 2, Overflow.BLOCK, AnswerOrder.REQUEST, EnumSet.of(Encoding.RAW),
                EnumSet.of(PixelFormat.BGR24), null, OnFailure.ACK, String::valueOf, HANDSHAKE_TIMEOUT, PipelineMeters.unexported());
        SessionEnvironment environment = new SessionEnvironment(
                frame -> frame.abandon(new IllegalStateException("no frame is expected")),
                new ThriftyExecutor(task -> {
                    throw new RejectedExecutionException("no thread is expected");
                }, 1, 1, time), Runnable::run, time, new RateLimitedLog(LoggerFactory.getLogger(ExtensionServerIT.class), time));
        server = new ExtensionServer(
                new ServerSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ServerTls.none(), null, 10),
                sessions, environment, new Random(1));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ZERO);
    }

    @Test
    void aNodeThatNeverSaysWhoItIsLosesItsPlace() {
        try (RawNode silent = RawNode.connect(server.port())) {
            await().until(() -> server.sessions().size() == 1 && time.pending() == 1);
            time.advance(HANDSHAKE_TIMEOUT);
            assertThat(silent.awaitEnd().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            await().until(() -> server.sessions().isEmpty());
        }
    }
}
