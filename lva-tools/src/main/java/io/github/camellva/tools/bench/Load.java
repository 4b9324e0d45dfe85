package io.github.camellva.tools.bench;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.peer.ExtensionConnection;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps so many frames in flight in each of some sessions: whenever one is answered, the next one is sent. Answers of the first part
 * are not counted, since compilers and caches are cold.
 */
final class Load {

    private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(10);

    private final List<NodeSession> sessions;
    private final ByteBuffer frame;
    private final int inFlight;
    private final Recorder latencyMicros = new Recorder(MAX_MICROS, 3);
    private final LongAdder answered = new LongAdder();
    private final LongAdder notProcessed = new LongAdder();
    private final LongAdder missing = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final AtomicInteger running = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable String failure;
    private volatile boolean measuring;
    private volatile boolean ending;
    private long measuredNanos;

    /** @param frame sent as it is, again and again */
    Load(List<NodeSession> sessions, ByteBuffer frame, int inFlight) {
        this.sessions = sessions;
        this.frame = frame;
        this.inFlight = inFlight;
    }

    /** Sends for a time; returns when the last answer has come, or has not come in time. */
    void run(int warmUpSeconds, int seconds) throws InterruptedException {
        running.set(sessions.size() * inFlight);
        for (NodeSession session : sessions) {
            for (int i = 0; i < inFlight; i++) {
                new Place(session).next();
            }
        }
        boolean over = done.await(warmUpSeconds, TimeUnit.SECONDS);
        measuring = true;
        long start = System.nanoTime();
        if (!over) {
            done.await(seconds, TimeUnit.SECONDS);
        }
        measuredNanos = System.nanoTime() - start;
        measuring = false;
        ending = true;
        done.await();
    }

    private void count(@Nullable MediaStreamMessage answer, @Nullable Throwable failed, long timestamp, long sent) {
        if (answer == null) {
            missing.increment();
            failure = failed == null ? null : ExtensionConnection.reason(failed);
        } else if (measuring) {
            count(timestamp, sent, answer);
        }
    }

    private void count(long timestamp, long sent, MediaStreamMessage answer) {
        latencyMicros.recordValue(Math.min((System.nanoTime() - sent) / 1000, MAX_MICROS));
        if (!answer.hasMediaSample()) {
            notProcessed.increment();
            return;
        }
        answered.increment();
        long told = answer.getMediaSample().getTimestamp();
        // some published extensions send 0
        if (told != timestamp && told != 0) {
            wrong.increment();
        }
    }

    private void leave() {
        if (running.decrementAndGet() == 0) {
            done.countDown();
        }
    }

    /** Whether every frame was looked at, and none was answered wrongly. */
    boolean isClean() {
        return missing.sum() == 0 && wrong.sum() == 0 && notProcessed.sum() == 0 && answered.sum() > 0;
    }

    /** Answered while it was measured. */
    long answered() {
        return answered.sum();
    }

    /** For people and for JSON, in the order of reading. */
    Map<String, Object> toMap() {
        Histogram latencies = latencyMicros.getIntervalHistogram();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("seconds", Math.round(measuredNanos / 1e7) / 100.0);
        map.put("answered", answered.sum());
        map.put("answeredPerSecond", measuredNanos == 0 ? 0 : Math.round(answered.sum() * 1e10 / measuredNanos) / 10.0);
        map.put("notProcessed", notProcessed.sum());
        map.put("missing", missing.sum());
        map.put("wrong", wrong.sum());
        if (failure != null) {
            map.put("lastFailure", failure);
        }
        for (double percentile : new double[] { 50, 90, 99, 99.9, 100 }) {
            map.put("latencyMillisP" + (percentile % 1 == 0 ? String.valueOf((int) percentile) : String.valueOf(percentile)),
                    latencies.getValueAtPercentile(percentile) / 1000.0);
        }
        return map;
    }

    /** Where one frame after the other is in flight. */
    private final class Place {

        private final NodeSession session;
        private final AtomicInteger due = new AtomicInteger();

        Place(NodeSession session) {
            this.session = session;
        }

        /** Sends the next frame. An answer that is there at once is taken in this loop, not in calls that grow deeper. */
        void next() {
            if (due.getAndIncrement() == 0) {
                do {
                    send();
                } while (due.decrementAndGet() > 0);
            }
        }

        private void send() {
            if (ending || !session.isOpen()) {
                leave();
                return;
            }
            // differs from frame to frame, so that an answer to another one shows
            long timestamp = System.nanoTime() >>> 1;
            long sent = System.nanoTime();
            session.send(timestamp, frame, List.of()).whenComplete((answer, failed) -> {
                count(answer, failed, timestamp, sent);
                if (answer == null) {
                    leave();
                } else {
                    next();
                }
            });
        }
    }
}
