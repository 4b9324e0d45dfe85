package io.github.camellva.grpc.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.RawHttp2;
import io.github.camellva.grpc.RawNode;
import io.github.camellva.grpc.stream.AnswerOrder;
import io.github.camellva.grpc.stream.OnFailure;
import io.github.camellva.grpc.stream.Overflow;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.SessionEnvironment;
import io.github.camellva.grpc.stream.SessionLimits;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.grpc.stream.SharedMemoryUse;
import io.github.camellva.grpc.thread.FrameExecutor;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.RecordingLogger;
import io.github.camellva.grpc.thread.VirtualTime;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What peers may cost an extension's server, over real sockets; its timers fire when the test says so. */
class ExtensionServerIT {

    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MESSAGE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_MESSAGE = 1 << 20;
    private static final int SESSIONS_PER_PEER = 3;
    private static final int CONNECTIONS_PER_PEER = 6;
    private static final int CONNECTIONS = 8;
    private static final int MAX_METADATA = 8192;
    private static final String SESSION = "/" + MediaGraphExtensionGrpc.getProcessMediaStreamMethod().getFullMethodName();
    private static final String CHECK = "/" + HealthGrpc.getCheckMethod().getFullMethodName();

    private final VirtualTime time = new VirtualTime();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private ExtensionServer server;

    @BeforeEach
    void start() throws Exception {
        server = server(Duration.ofMinutes(5), Duration.ofMinutes(1));
    }

    private ExtensionServer server(Duration maxConnectionIdle, Duration keepAlive) throws IOException {
        SessionSettings sessions = new SessionSettings(
                "test", MAX_MESSAGE, 2, Overflow.BLOCK, AnswerOrder.REQUEST, EnumSet.of(Encoding.RAW),
                EnumSet.of(PixelFormat.BGR24), SharedMemoryUse.FALSE, null, OnFailure.ACK, String::valueOf,
                new SessionLimits(HANDSHAKE_TIMEOUT, Duration.ofHours(1), 100, 100), PipelineMeters.unexported());
        SessionEnvironment environment = new SessionEnvironment(
                frame -> frame.abandon(new IllegalStateException("no frame is taken")), new StuckRoute(), Runnable::run, time,
                new RateLimitedLog(RecordingLogger.into(log), time));
        ExtensionServer made = new ExtensionServer(
                new ServerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ServerTls.none(), null,
                        new ServerLimits(
                                10, PeerShare.of(SESSIONS_PER_PEER), CONNECTIONS, PeerShare.of(CONNECTIONS_PER_PEER), maxConnectionIdle,
                                MESSAGE_TIMEOUT, SEND_TIMEOUT, MAX_METADATA, keepAlive)),
                sessions, environment, new Random(1));
        made.start();
        return made;
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ZERO);
    }

    @Test
    void aNodeThatNeverSaysWhoItIsLosesItsPlace() {
        try (RawNode silent = RawNode.connect(server.port())) {
            await().until(() -> server.sessions().size() == 1 && time.pending() == 2);
            time.advance(HANDSHAKE_TIMEOUT);
            assertThat(silent.awaitEnd().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            await().until(() -> server.sessions().isEmpty());
        }
    }

    @Test
    void halfAMessageEndsItsSession() throws Exception {
        try (RawHttp2 node = RawHttp2.connect(server.port())) {
            int stream = node.session();
            byte[] descriptor = descriptor();
            node.send(stream, descriptor.length, descriptor);
            node.send(stream, 1000, new byte[10]);
            Duration taken = timeUntil(() -> node.isEnded(stream));
            assertThat(taken).isGreaterThanOrEqualTo(MESSAGE_TIMEOUT);
            assertThat(log).anyMatch(line -> line.contains("a message was not complete after 60000 ms"));
            assertThat(server.sessions()).isEmpty();
        }
    }

    @Test
    void aMessageIsRefusedAsSoonAsItIsTooLargeWhateverItAnnounces() throws Exception {
        try (RawHttp2 node = RawHttp2.connect(server.port())) {
            int stream = node.session();
            node.send(stream, Integer.MAX_VALUE, new byte[MAX_MESSAGE + 1]);
            await().until(() -> node.isEnded(stream));
        }
    }

    @Test
    void aMessageThatGoesOnAfterItsRefusalIsCutOff() {
        try (RawNode node = RawNode.connect(server.port())) {
            node.open(Messages.rawDescriptor()).send(Messages.embedded(1, Messages.pixels(Messages.FRAME_BYTES, 1)));
            node.send(Messages.embedded(2, new byte[MAX_MESSAGE + (8 << 20)]));
            assertThat(node.awaitEnd().getCode()).isEqualTo(Status.Code.CANCELLED);
            await().until(() -> server.sessions().isEmpty());
            assertThat(log).anyMatch(line -> line.contains("is broken off: the message is larger than the extension takes"));
        }
    }

    /** Frames stay in it for ever. */
    private static final class StuckRoute implements FrameExecutor {

        @Override
        public void execute(Runnable frame) {
            // never runs
        }

        @Override
        public void defer(Runnable task) {
            task.run();
        }
    }

    // answers that are not taken

    @Test
    void sessionsThatHaveEndedKeepTheirPlacesUntilTheirAnswersAreTakenOrTimeIsUp() throws Exception {
        try (RawHttp2 node = RawHttp2.withoutWindow(server.port())) {
            List<Integer> streams = new ArrayList<>();
            for (int i = 0; i < SESSIONS_PER_PEER; i++) {
                streams.add(endedSession(node));
            }
            int refused = node.session();
            await().until(() -> node.isEnded(refused));
            assertThat(server.sessions()).isEmpty();
            Duration taken = timeUntil(() -> streams.stream().allMatch(node::isReset));
            assertThat(taken).isGreaterThanOrEqualTo(SEND_TIMEOUT);
            assertThat(log).anyMatch(line -> line.contains("answers were not taken for 20000 ms"));
        }
        await().until(this::isServed);
    }

    private static int endedSession(RawHttp2 node) throws IOException {
        int stream = node.session();
        byte[] descriptor = descriptor();
        node.send(stream, descriptor.length, descriptor);
        node.halfClose(stream);
        return stream;
    }

    // shares

    @Test
    void onePeerDoesNotGetAllPlaces() throws Exception {
        List<RawNode> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS_PER_PEER; i++) {
                nodes.add(RawNode.connect(server.port()).open(Messages.rawDescriptor()));
            }
            try (RawNode another = RawNode.connect(server.port())) {
                assertThat(another.awaitEnd().getDescription()).contains("at most 3 sessions of one address", "maxSessionsPerPeer");
            }
            try (RawHttp2 elsewhere = RawHttp2.connectFrom("127.0.0.2", server.port())) {
                elsewhere.session();
                await().until(() -> server.sessions().size() == SESSIONS_PER_PEER + 1);
            }
        } finally {
            nodes.forEach(RawNode::close);
        }
        await().until(this::isServed);
    }

    @Test
    void connectionsBeyondTheShareOfAnAddressAreClosedInWords() throws Exception {
        List<RawHttp2> peers = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS_PER_PEER; i++) {
                RawHttp2 peer = RawHttp2.connect(server.port());
                peers.add(peer);
                await().until(peer::isTaken);
            }
            // a reset that follows the words can overtake them
            await().until(() -> isRefused("127.0.0.1", "at most 6 connections from one address are served"));
            try (RawHttp2 elsewhere = RawHttp2.connectFrom("127.0.0.2", server.port())) {
                elsewhere.session();
                await().until(() -> server.sessions().size() == 1);
            }
            peers.remove(0).close();
            await().until(this::isServed);
        } finally {
            for (RawHttp2 peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void connectionsOfManyAddressesAreBoundedTogether() throws Exception {
        List<RawHttp2> peers = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                RawHttp2 peer = RawHttp2.connectFrom("127.0.0." + (1 + i % 4), server.port());
                peers.add(peer);
                await().until(peer::isTaken);
            }
            await().until(() -> isRefused("127.0.0.9", "at most 8 connections are served (maxConnections)"));
            peers.remove(0).close();
            await().until(this::isServed);
        } finally {
            for (RawHttp2 peer : peers) {
                peer.close();
            }
        }
    }

    private boolean isRefused(String from, String why) throws IOException {
        try (RawHttp2 peer = RawHttp2.connectFrom(from, server.port())) {
            await().until(peer::isClosed);
            return peer.received(RawHttp2.GOAWAY).stream().anyMatch(frame -> frame.contains(why));
        }
    }

    @Test
    void aConnectionWithoutCallsIsClosed() throws Exception {
        ExtensionServer impatient = server(Duration.ofSeconds(1), Duration.ofMinutes(1));
        try (RawHttp2 peer = RawHttp2.connect(impatient.port())) {
            await().until(() -> !peer.received(RawHttp2.GOAWAY).isEmpty());
        } finally {
            impatient.stop(Duration.ZERO);
        }
    }

    @Test
    void aPeerThatGivesNoSignOfLifeIsCutOff() throws Exception {
        ExtensionServer asking = server(Duration.ofMinutes(5), Duration.ofMillis(300));
        try (RawHttp2 alive = RawHttp2.connect(asking.port()); RawHttp2 dead = RawHttp2.connect(asking.port())) {
            alive.session();
            dead.session();
            await().until(() -> asking.sessions().size() == 2);
            dead.fallSilent();
            // gRPC asks every 10 seconds at most
            await().atMost(Duration.ofSeconds(30)).until(() -> asking.sessions().size() == 1);
            assertThat(dead.received(RawHttp2.GOAWAY)).isNotEmpty();
            assertThat(alive.received(RawHttp2.PING)).isNotEmpty();
            assertThat(alive.received(RawHttp2.GOAWAY)).isEmpty();
        } finally {
            asking.stop(Duration.ZERO);
        }
    }

    @Test
    void aConnectionHasNoMoreCallsThanItsShareOfSessionsAndAFew() throws Exception {
        int most = SESSIONS_PER_PEER + 16;
        try (RawHttp2 peer = RawHttp2.connect(server.port())) {
            await().until(peer::isTaken);
            List<Integer> unfinished = new ArrayList<>();
            for (int i = 0; i < most; i++) {
                unfinished.add(peer.call(CHECK));
            }
            int another = peer.call(CHECK);
            await().until(() -> peer.isReset(another));
            assertThat(unfinished).noneMatch(peer::isOver);
        }
    }

    @Test
    void aCallWhoseMetadataIsTooLargeIsRefused() throws Exception {
        try (RawHttp2 peer = RawHttp2.connect(server.port())) {
            await().until(peer::isTaken);
            int large = peer.call(SESSION, "x".repeat(MAX_METADATA));
            await().until(() -> peer.isOver(large));
            assertThat(server.sessions()).isEmpty();
            peer.call(SESSION, "x".repeat(MAX_METADATA / 2));
            await().until(() -> server.sessions().size() == 1);
        }
    }

    @Test
    void aConnectionThatOpensAndResetsStreamsWithoutEndIsClosed() throws Exception {
        try (RawHttp2 peer = RawHttp2.connect(server.port())) {
            await().until(peer::isTaken);
            for (int i = 0; i < 200; i++) {
                peer.reset(peer.call(CHECK));
            }
            await().until(() -> server.sessions().isEmpty());
            assertThat(peer.received(RawHttp2.GOAWAY)).isEmpty();
            peer.reset(peer.call(CHECK));
            await().until(() -> peer.received(RawHttp2.GOAWAY).stream().anyMatch(frame -> frame.contains("too_many_rststreams")));
        }
    }

    @Test
    void aConnectionThatPingsWithoutEndIsClosed() throws Exception {
        try (RawHttp2 peer = RawHttp2.connect(server.port())) {
            await().until(peer::isTaken);
            for (int i = 0; i < 10; i++) {
                peer.ping();
            }
            await().until(() -> peer.received(RawHttp2.GOAWAY).stream().anyMatch(frame -> frame.contains("too_many_pings")));
        }
    }

    @Test
    void framingThatIsNoneOfGrpcsIsLoggedInLimitedLinesWithoutStackTraces() throws Exception {
        Logger grpc = Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerStream");
        List<String> unbounded = new CopyOnWriteArrayList<>();
        Handler handler = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord entry) {
                unbounded.add(entry.getMessage());
            }
        };
        grpc.addHandler(handler);
        try {
            for (int i = 0; i < 30; i++) {
                try (RawHttp2 peer = RawHttp2.connect(server.port())) {
                    await().until(peer::isTaken);
                    int stream = peer.session();
                    peer.send(stream, -1, new byte[10]);
                    await().until(() -> peer.isOver(stream) || peer.isClosed());
                }
                await().until(() -> server.sessions().isEmpty());
            }
            await().until(() -> log.stream().anyMatch(line -> line.contains("gRPC: ")));
            assertThat(unbounded).isEmpty();
            assertThat(log).hasSizeLessThanOrEqualTo(20).allMatch(line -> line.lines().count() == 1);
            server.stop(Duration.ZERO);
            assertThat(grpc.getFilter()).as("what is left of it").isNull();
        } finally {
            grpc.removeHandler(handler);
        }
    }

    // health

    @Test
    void aLongNameIsNotLookedUp() {
        ManagedChannel channel = channel();
        try {
            assertThatExceptionOfType(StatusRuntimeException.class)
                    .isThrownBy(() -> HealthGrpc.newBlockingStub(channel).check(service("x".repeat(65_536))))
                    .withMessageContaining("RESOURCE_EXHAUSTED").withMessageContaining("at most 1024 bytes");
            assertThat(HealthGrpc.newBlockingStub(channel).check(service("")).getStatus()).isEqualTo(ServingStatus.SERVING);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void anUnfinishedCheckIsEnded() throws Exception {
        try (RawHttp2 peer = RawHttp2.connect(server.port())) {
            int half = peer.call(CHECK);
            peer.send(half, 500, new byte[10]);
            int silent = peer.call(CHECK);
            Duration taken = timeUntil(() -> peer.isOver(half) && peer.isOver(silent));
            assertThat(taken).isGreaterThanOrEqualTo(CallWatch.HEALTH_ANSWER);
        }
    }

    @Test
    void watchesOfOneAddressAreBoundedAndGivenBack() {
        ManagedChannel channel = channel();
        try {
            List<Status> ends = new CopyOnWriteArrayList<>();
            List<HealthCheckResponse> answers = new CopyOnWriteArrayList<>();
            List<ManagedChannel> channels = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ManagedChannel one = channel();
                channels.add(one);
                for (int j = 0; j < HealthLimit.MAX_CALLS_PER_PEER / 4; j++) {
                    HealthGrpc.newStub(one).watch(service(""), new Recording(answers, ends));
                }
            }
            await().until(() -> answers.size() == HealthLimit.MAX_CALLS_PER_PEER);
            assertThatExceptionOfType(StatusRuntimeException.class)
                    .isThrownBy(() -> HealthGrpc.newBlockingStub(channel).check(service("")))
                    .withMessageContaining("at most 64 calls for health");
            channels.forEach(ManagedChannel::shutdownNow);
            await().until(() -> isHealthy(channel));
        } finally {
            channel.shutdownNow();
        }
    }

    private static boolean isHealthy(ManagedChannel channel) {
        try {
            return HealthGrpc.newBlockingStub(channel).check(service("")).getStatus() == ServingStatus.SERVING;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    private record Recording(List<HealthCheckResponse> answers, List<Status> ends) implements StreamObserver<HealthCheckResponse> {

        @Override
        public void onNext(HealthCheckResponse answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable cause) {
            ends.add(Status.fromThrowable(cause));
        }

        @Override
        public void onCompleted() {
            ends.add(Status.OK);
        }
    }

    private static HealthCheckRequest service(String name) {
        return HealthCheckRequest.newBuilder().setService(name).build();
    }

    private ManagedChannel channel() {
        return NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    }

    private static byte[] descriptor() {
        return Messages.message(1, Messages.rawDescriptor()).toByteArray();
    }

    /** Whether a good node gets its answer now. */
    private boolean isServed() {
        try (RawNode node = RawNode.connect(server.port())) {
            node.send(Messages.rawDescriptor());
            await().until(() -> node.pending() > 0 || node.hasEnded());
            return node.pending() > 0;
        }
    }

    /** Lets time pass until something has happened, and tells how much it was. */
    private Duration timeUntil(BooleanSupplier happened) {
        long start = time.nanoTime();
        await().until(() -> {
            time.advance(Duration.ofSeconds(5));
            return happened.getAsBoolean();
        });
        return Duration.ofNanos(time.nanoTime() - start);
    }
}
