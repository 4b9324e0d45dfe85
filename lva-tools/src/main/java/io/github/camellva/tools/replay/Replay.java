package io.github.camellva.tools.replay;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

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
    private static final int MAX_OPEN = 1000;

    private final ExtensionConnection connection;
    private final Pace pace;
    private final int maxInFlight;
    private final Duration timeout;
    private final Results results;
    /** The oldest first. */
    private final Map<Long, ReplayedSession> sessions = new LinkedHashMap<>();

    /** @param timeout for each answer */
    Replay(ExtensionConnection connection, Pace pace, int maxInFlight, Duration timeout, Results results) {
        this.connection = connection;
        this.pace = pace;
        this.maxInFlight = maxInFlight;
        this.timeout = timeout;
        this.results = results;
    }

    @Override
    public void began(SessionBegan session) throws InterruptedException {
        if (sessions.size() >= MAX_OPEN) {
            // their ends were not recorded
            finish();
        }
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
            if (!session.isGivenUp()) {
                pace.awaitTurn(message.getTime());
            }
            session.send(message);
        }
    }

    @Override
    public void ended(SessionEnded ended) throws InterruptedException {
        ReplayedSession session = sessions.remove(ended.getSession());
        if (session != null) {
            session.finish();
            session.awaitEnd(System.nanoTime() + 2 * timeout.toNanos());
        }
    }

    @Override
    public void leftOut(LeftOut gap) {
        // what was not written down cannot be sent again; 'lva show' tells of it
    }

    /** Finishes sessions whose end was not recorded, all within the time for one. */
    void finish() throws InterruptedException {
        sessions.values().forEach(ReplayedSession::finish);
        long deadline = System.nanoTime() + 2 * timeout.toNanos();
        for (ReplayedSession session : sessions.values()) {
            session.awaitEnd(deadline);
        }
        sessions.clear();
    }

    /** One session of the recording, and the one that repeats it. */
    private final class ReplayedSession {

        private final long number;
        private MediaStreamDescriptor descriptor = MediaStreamDescriptor.getDefaultInstance();
        private @Nullable NodeSession session;
        private Future<?> end = CompletableFuture.completedFuture(null);
        private final AtomicInteger failuresInARow = new AtomicInteger();
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
            if (isGivenUp()) {
                results.sent();
                results.failed("given up, since " + failuresInARow + " samples in a row had no answer");
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

        /** The extension lets sample after sample go unanswered: waiting for each of the others would take days. */
        boolean isGivenUp() {
            return failuresInARow.get() >= 2 * maxInFlight;
        }

        void finish() {
            if (session != null) {
                end = session.finish();
            }
        }

        void awaitEnd(long deadline) throws InterruptedException {
            try {
                end.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // each sample that has no answer has said so
            }
        }

        private void answered(Comparison comparison, @Nullable MediaStreamMessage answer, @Nullable Throwable failure) {
            if (answer == null) {
                failuresInARow.incrementAndGet();
                comparison.failed();
                results.failed(failure == null ? "no answer" : ExtensionConnection.reason(failure));
                return;
            }
            failuresInARow.set(0);
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
