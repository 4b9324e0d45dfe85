package io.github.camellva.grpc.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.RawNode;
import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.grpc.stream.AnswerOrder;
import io.github.camellva.grpc.stream.OnFailure;
import io.github.camellva.grpc.stream.Overflow;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An extension's server whose clock runs a thousand times faster. */
class ExtensionServerIT {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return super.schedule(task, unit.toMicros(delay), TimeUnit.NANOSECONDS);
        }
    };
    private ExtensionServer server;

    @BeforeEach
    void start() throws Exception {
        SessionSettings sessions = new SessionSettings(
                "test", 1 << 20, 2, Overflow.BLOCK, AnswerOrder.REQUEST, EnumSet.of(Encoding.RAW), EnumSet.of(PixelFormat.BGR24), null,
                SharedMemoryAccess.COPY, OnFailure.ACK, String::valueOf, PipelineMeters.unexported());
        server = new ExtensionServer(
                new ServerSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ServerTls.none(), null, 10), sessions,
                (frame, completion) -> completion.fail(new IllegalStateException()), timer::execute, timer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ZERO);
        timer.shutdownNow();
    }

    @Test
    void aNodeThatNeverSaysWhoItIsLosesItsPlace() {
        try (RawNode silent = RawNode.connect(server.port())) {
            assertThat(silent.awaitEnd().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            await().until(() -> server.sessions().isEmpty());
        }
    }
}
