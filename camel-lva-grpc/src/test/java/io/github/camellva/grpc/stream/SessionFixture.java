package io.github.camellva.grpc.stream;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.grpc.media.SharedMemoryException;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.RecordingLogger;
import io.github.camellva.grpc.thread.VirtualTime;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.Status;

/** A session between a fake call and a fake route, fed with messages. */
class SessionFixture {

    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(30);
    static final Duration MAX_IDLE = Duration.ofMinutes(10);
    static final int MAX_NAME = 100;
    static final int MAX_CONFIGURATION = 1000;
    private static final int MAX_MESSAGE_SIZE = 8 << 20;

    final FakeExtensionCall call = new FakeExtensionCall();
    final FakeRoute route = new FakeRoute();
    /** Takes the frames; the route unless set otherwise. */
    FrameHandler handler = route;
    final VirtualTime time = new VirtualTime();
    final List<String> log = new ArrayList<>();

    int maxInFlight = 3;
    Overflow overflow = Overflow.BLOCK;
    AnswerOrder answerOrder = AnswerOrder.REQUEST;
    Set<Encoding> encodings = EnumSet.of(Encoding.RAW, Encoding.JPG);
    Set<PixelFormat> pixelFormats = EnumSet.of(PixelFormat.BGR24, PixelFormat.YUV420P);
    Path sharedMemoryDirectory;
    SharedMemoryUse sharedMemoryUse = SharedMemoryUse.TRUE;
    InetSocketAddress peer = new InetSocketAddress("1.2.3.4", 5);
    SharedMemoryAccess access = SharedMemoryAccess.COPY;
    OnFailure onFailure = OnFailure.ACK;
    PipelineMeters meters = PipelineMeters.unexported();
    int timesClosed;
    /** What the session has opened of the node's. */
    SharedMemory memory;

    final SecondTries secondTries = new SecondTries();

    private ExtensionSession session;
    private long lastSent;

    ExtensionSession session() {
        if (session == null) {
            SessionSettings settings = new SessionSettings(
                    "test-extension", MAX_MESSAGE_SIZE, maxInFlight, overflow, answerOrder, encodings, pixelFormats,
                    sharedMemoryDirectory == null ? SharedMemoryUse.FALSE : sharedMemoryUse, this::openMemory, onFailure,
                    failure -> "muted", new SessionLimits(HANDSHAKE_TIMEOUT, MAX_IDLE, MAX_NAME, MAX_CONFIGURATION), meters);
            SessionEnvironment environment = new SessionEnvironment(
                    frame -> handler.onFrame(frame), route, route, time, new RateLimitedLog(RecordingLogger.into(log), time),
                    secondTries);
            session = new ExtensionSession(
                    new Peer(peer, Map.of()), settings, environment, new Random(1), call, () -> timesClosed++);
            session.start();
        }
        return session;
    }

    SessionFixture opened() {
        return opened(Messages.rawDescriptor());
    }

    SessionFixture opened(MediaStreamDescriptor.Builder descriptor) {
        return send(Messages.message(1, descriptor));
    }

    SessionFixture send(MediaStreamMessage message) {
        lastSent = message.getSequenceNumber();
        session().onMessage(Received.of(message));
        route.runTasks();
        return this;
    }

    /** A message as it comes from the network; the route does not run. */
    void receive(MediaStreamMessage message) {
        session().onMessage(Received.of(message));
    }

    SessionFixture send(MediaSample.Builder sample) {
        return send(Messages.message(lastSent + 1, sample));
    }

    /** Samples with a frame each, as many as given. */
    SessionFixture sendFrames(int count) {
        for (int i = 0; i < count; i++) {
            send(Messages.embedded(1000 + lastSent + 1, Messages.pixels(Messages.FRAME_BYTES, 1)));
        }
        return this;
    }

    SessionFixture refuse(Status refusal) {
        session().onMessage(Received.refused(refusal));
        route.runTasks();
        return this;
    }

    private SharedMemory openMemory(String handleName, long lengthBytes) throws SharedMemoryException {
        memory = SharedMemory.open(sharedMemoryDirectory, handleName, lengthBytes, access, MAX_MESSAGE_SIZE);
        return memory;
    }
}
