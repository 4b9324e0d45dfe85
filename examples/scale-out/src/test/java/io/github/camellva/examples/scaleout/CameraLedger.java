package io.github.camellva.examples.scaleout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What became of the frames of one camera, each of which is told by its timestamp. Not safe for use by several threads. */
final class CameraLedger {

    private final String camera;
    private final Set<Long> looked = new HashSet<>();
    private final Set<Long> withoutResult = new HashSet<>();
    private final List<String> workers = new ArrayList<>();
    private long acknowledged;
    private long notProcessed;
    private long failed;
    private long results;
    private long duplicates;
    private long outOfOrder;
    private long latest = Long.MIN_VALUE;
    private long lastResultMillis;
    private long longestGapMillis;

    CameraLedger(String camera) {
        this.camera = camera;
    }

    void acknowledged(long timestamp) {
        acknowledged++;
        if (!looked.contains(timestamp)) {
            withoutResult.add(timestamp);
        }
    }

    void notProcessed() {
        notProcessed++;
    }

    void failed() {
        failed++;
    }

    /** A frame that no worker can make anything of: it has been looked at, and there will be no result. */
    void rejected(long timestamp) {
        look(timestamp);
    }

    /**
     * A result, in the order in which Kafka has stored them.
     *
     * @param  millis when it was stored
     * @return        how long there was none before it
     */
    Duration result(long timestamp, String worker, long millis) {
        long gap = results++ == 0 ? 0 : millis - lastResultMillis;
        lastResultMillis = millis;
        longestGapMillis = Math.max(longestGapMillis, gap);
        if (!look(timestamp)) {
            duplicates++;
        } else if (timestamp < latest) {
            outOfOrder++;
        }
        latest = Math.max(latest, timestamp);
        if (!worker.equals(worker())) {
            workers.add(worker);
        }
        return Duration.ofMillis(gap);
    }

    /** That looks at it now; null before the first result. */
    String worker() {
        return workers.isEmpty() ? null : workers.get(workers.size() - 1);
    }

    long results() {
        return results;
    }

    long withoutResult() {
        return withoutResult.size();
    }

    CameraSummary summary() {
        return new CameraSummary(
                camera, acknowledged, notProcessed, failed, results, duplicates,
                outOfOrder, withoutResult(), Duration.ofMillis(longestGapMillis), workers);
    }

    /** Whether it is for the first time. */
    private boolean look(long timestamp) {
        withoutResult.remove(timestamp);
        return looked.add(timestamp);
    }
}
