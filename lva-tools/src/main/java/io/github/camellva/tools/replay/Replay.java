package io.github.camellva.tools.replay;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.google.protobuf.ByteString;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.peer.ExtensionConnection;
import io.github.camellva.tools.recording.Recording;
import io.github.camellva.tools.recording.v1.Direction;
import io.github.camellva.tools.recording.v1.LeftOut;
import io.github.camellva.tools.recording.v1.Message;
import io.github.camellva.tools.recording.v1.SessionBegan;
import io.github.camellva.tools.recording.v1.SessionEnded;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a recording has to an extension, session by session as they were recorded; frames that were in shared memory are
 * embedded. For one thread.
 */
final class Replay implements Recording.Listener {

    /** Recorded answers that are further behind will not come any more. */
    private static final int MAX_WITHOUT_RECORDED_ANSWER = 256;

    private final ExtensionConnection connection;
    private final Pace pace;
    private final int maxInFlight;
    private final Duration timeout;
    private final Results results;
    private final Map<Long, ReplayedSession> sessions = new HashMap<>();

    /** @param timeout for each answer */
    Replay(ExtensionConnection connection, Pace pace, int maxInFlight, Duration timeout, Results results) {
        this.connection = connection;
        this.pace = pace;
        this.maxInFlight = maxInFlight;
        this.timeout = timeout;
        this.results = results;
    }

    @Override
    public void began(SessionBegan session) {
        sessions.put(session.getSession(), new ReplayedSession(session.getSession()));
    }

    @Override
    public void message(Message message) throws InterruptedException {
        ReplayedSession session = sessions.get(message.getSession());
        if (session == null || !message.hasMessage()) {
            return;
        }
        if (message.getDirection() == Direction.TO_NODE) {
            session.recordedAnswer(message);
        } else if (message.getMessage().hasMediaStreamDescriptor()) {
            session.open(message.getMessage().getMediaStreamDescriptor());
        } else if (message.getMessage().hasMediaSample()) {
            pace.awaitTurn(message.getTime());
            session.send(message);
        }
    }

    @Override
    public void ended(SessionEnded ended) throws InterruptedException {
        ReplayedSession session = sessions.remove(ended.getSession());
        if (session != null) {
            session.finish();
        }
    }

    @Override
    public void leftOut(LeftOut gap) {
        // what was not written down cannot be sent again; 'lva show' tells of it
    }

    /** Finishes sessions whose end was not recorded. */
    void finish() throws InterruptedException {
        for (ReplayedSession session : sessions.values()) {
            session.finish();
        }
        sessions.clear();
    }

    /** One session of the recording, and the one that repeats it. */
    private final class ReplayedSession {

        private final long number;
        private MediaStreamDescriptor descriptor = MediaStreamDescriptor.getDefaultInstance();
        private @Nullable NodeSession session;
        /** Whose recorded answer is still to come, by recorded sequence number, oldest first. */
        private final Map<Long, Comparison> waiting = new LinkedHashMap<>();

        ReplayedSession(long number) {
            this.number = number;
        }

        void open(MediaStreamDescriptor recorded) throws InterruptedException {
            if (session == null) {
                descriptor = recorded.toBuilder().clearDataTransferProperties().build();
                session = connection.open(descriptor, null, maxInFlight, timeout);
            }
        }

        void send(Message recorded) throws InterruptedException {
            if (session == null) {
                results.notRecorded();
                return;
            }
            MediaSample sample = recorded.getMessage().getMediaSample();
            Optional<ByteString> frame = Recording.frameOf(recorded);
            if (frame.isEmpty() && sample.hasContentReference()) {
                results.notRecorded();
                return;
            }
            awaitRoom(session);
            Comparison comparison = new Comparison(
                    "session " + number + ", sample " + recorded.getMessage().getSequenceNumber(), descriptor,
                    frame.orElse(ByteString.EMPTY), recorded.getTime(), System.nanoTime());
            remember(recorded.getMessage().getSequenceNumber(), comparison);
            results.sent();
            session.send(sample.getTimestamp(), frame.map(ByteString::asReadOnlyByteBuffer).orElse(null), sample.getInferencesList())
                    .whenCompleteAsync((answer, failure) -> answered(comparison, answer, failure), connection.threads());
        }

        void recordedAnswer(Message recorded) {
            Comparison comparison = waiting.remove(recorded.getMessage().getAckSequenceNumber());
            if (comparison != null && comparison.before(recorded.getMessage(), recorded.getTime())) {
                results.compare(comparison);
            }
        }

        void finish() throws InterruptedException {
            if (session == null) {
                return;
            }
            try {
                session.finish().get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // each sample that has no answer has said so
            }
        }

        private void answered(Comparison comparison, @Nullable MediaStreamMessage answer, @Nullable Throwable failure) {
            if (answer == null) {
                comparison.failed();
                results.failed(failure == null ? "no answer" : ExtensionConnection.reason(failure));
                return;
            }
            boolean both = comparison.now(answer, System.nanoTime());
            results.answered(comparison.nowNanos(), answer.hasMediaSample());
            if (both) {
                results.compare(comparison);
            }
        }

        private void remember(long sequenceNumber, Comparison comparison) {
            waiting.put(sequenceNumber, comparison);
            if (waiting.size() > MAX_WITHOUT_RECORDED_ANSWER) {
                Iterator<Long> oldest = waiting.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }

        private void awaitRoom(NodeSession opened) throws InterruptedException {
            while (opened.isOpen() && opened.inFlight() >= maxInFlight) {
                try {
                    var room = opened.room();
                    if (opened.inFlight() >= maxInFlight) {
                        room.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
                    }
                } catch (ExecutionException | TimeoutException e) {
                    return;
                }
            }
        }
    }
}
