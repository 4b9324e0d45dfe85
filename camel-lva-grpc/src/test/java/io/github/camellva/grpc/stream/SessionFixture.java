package io.github.camellva.grpc.stream;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.Status;

/** A session between a fake line and a fake route, fed with messages. */
class SessionFixture {

    private static final int MAX_MESSAGE_SIZE = 8 << 20;

    final FakeLine line = new FakeLine();
    final FakeRoute route = new FakeRoute();

    int maxInFlight = 3;
    Overflow overflow = Overflow.BLOCK;
    AnswerOrder answerOrder = AnswerOrder.REQUEST;
    Set<Encoding> encodings = EnumSet.of(Encoding.RAW, Encoding.JPG);
    Set<PixelFormat> pixelFormats = EnumSet.of(PixelFormat.BGR24, PixelFormat.YUV420P);
    Path sharedMemoryDirectory;
    SharedMemoryAccess access = SharedMemoryAccess.COPY;
    OnFailure onFailure = OnFailure.ACK;
    PipelineMeters meters = PipelineMeters.unexported();
    int timesClosed;

    private ExtensionSession session;
    private long lastSent;

    ExtensionSession session() {
        if (session == null) {
            SessionSettings settings = new SessionSettings(
                    "test-extension", MAX_MESSAGE_SIZE, maxInFlight, overflow, answerOrder, encodings, pixelFormats, sharedMemoryDirectory,
                    access, onFailure, failure -> "muted", meters);
            session = new ExtensionSession(new Peer("1.2.3.4:5", Map.of()), settings, route, route, line, () -> timesClosed++);
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
}
