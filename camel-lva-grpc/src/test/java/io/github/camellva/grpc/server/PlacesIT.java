package io.github.camellva.grpc.server;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.RawNode;
import io.github.camellva.grpc.stream.AnswerOrder;
import io.github.camellva.grpc.stream.OnFailure;
import io.github.camellva.grpc.stream.Overflow;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.SessionEnvironment;
import io.github.camellva.grpc.stream.SessionLimits;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.grpc.stream.SharedMemoryUse;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.RecordingLogger;
import io.github.camellva.grpc.thread.ThriftyExecutor;
import io.github.camellva.grpc.thread.VirtualTime;
import io.github.camellva.grpc.wire.FrameMarshaller;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Places of sessions that an Error on gRPC's own thread has ended. */
class PlacesIT {

    private static final int MAX_SESSIONS = 3;

    private final VirtualTime time = new VirtualTime();
    private volatile boolean broken;
    private SessionCallHandler sessions;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        RateLimitedLog log = new RateLimitedLog(RecordingLogger.into(new CopyOnWriteArrayList<>()), time);
        ServerLimits limits = new ServerLimits(
                MAX_SESSIONS, PeerShare.of(MAX_SESSIONS), 100, PeerShare.of(100), Duration.ofHours(1), Duration.ofHours(1),
                Duration.ofHours(1), 8192, Duration.ofMinutes(1));
        sessions = new SessionCallHandler(
                new SessionSettings(
                        "test", 1 << 20, 2, Overflow.BLOCK, AnswerOrder.REQUEST, EnumSet.of(Encoding.RAW),
                        EnumSet.of(PixelFormat.BGR24), SharedMemoryUse.FALSE, null, OnFailure.ACK, String::valueOf,
                        new SessionLimits(Duration.ofHours(1), Duration.ofHours(1), 100, 100), PipelineMeters.unexported()),
                limits, new SessionEnvironment(frame -> frame.abandon(new IllegalStateException("none is expected")),
                        new ThriftyExecutor(task -> {
                            throw new RejectedExecutionException("no thread is expected");
                        }, 1, 1, time), Runnable::run, time, log),
                new Random(1));
        CallWatch calls = new CallWatch(limits, 1 << 20, time, log);
        MethodDescriptor<MediaStreamMessage, MediaStreamMessage> published = MediaGraphExtensionGrpc.getProcessMediaStreamMethod();
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)).directExecutor()
                .addStreamTracerFactory(calls).intercept(calls)
                .addService(ServerServiceDefinition.builder(MediaGraphExtensionGrpc.SERVICE_NAME).addMethod(
                        published.toBuilder(new Breaking(), published.getResponseMarshaller()).build(), sessions).build())
                .build().start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    @Test
    void anErrorWhileAMessageIsReadCostsItsSessionAndNoPlace() {
        broken = true;
        for (int i = 0; i < 3 * MAX_SESSIONS; i++) {
            try (RawNode node = RawNode.connect(server.getPort())) {
                assertThat(node.send(Messages.rawDescriptor()).awaitEnd().getCode()).isEqualTo(Status.Code.UNKNOWN);
            }
        }
        await().until(() -> sessions.sessions().isEmpty());
        assertThat(time.pending()).as("timers of sessions").isZero();
        broken = false;
        try (RawNode first = RawNode.connect(server.getPort()).open(Messages.rawDescriptor());
             RawNode second = RawNode.connect(server.getPort()).open(Messages.rawDescriptor());
             RawNode third = RawNode.connect(server.getPort()).open(Messages.rawDescriptor())) {
            broken = true;
            assertThat(second.send(Messages.sample(1)).awaitEnd().isOk()).isFalse();
            await().until(() -> sessions.sessions().size() == 2);
            broken = false;
            try (RawNode fourth = RawNode.connect(server.getPort()).open(Messages.rawDescriptor())) {
                assertThat(List.of(first, third, fourth)).noneMatch(RawNode::hasEnded);
            }
        }
    }

    private final class Breaking implements MethodDescriptor.Marshaller<Received> {

        private final FrameMarshaller marshaller = new FrameMarshaller(1 << 20);

        @Override
        public InputStream stream(Received value) {
            return marshaller.stream(value);
        }

        @Override
        public Received parse(InputStream stream) {
            if (broken) {
                throw new OutOfMemoryError("as if");
            }
            return marshaller.parse(stream);
        }
    }
}
