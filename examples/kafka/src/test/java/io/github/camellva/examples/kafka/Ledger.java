package io.github.camellva.examples.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.FrameCounts;

/** Which frames were answered with findings, and which of them are on Kafka. Safe for use by many threads. */
final class Ledger {

    private static final int MOST_PROBLEMS = 20;

    private final Set<FrameId> answered = new HashSet<>();
    private final Set<FrameId> stored = new HashSet<>();
    private final Map<String, Long> newestOfCamera = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    /** Answered and not stored. */
    private long missing;
    private long records;
    private long lastStoredNanos = System.nanoTime();

    /** A frame for which a result is to be on Kafka. */
    private record FrameId(String camera, long timestamp) {
    }

    synchronized void answered(String camera, long timestamp) {
        FrameId frame = new FrameId(camera, timestamp);
        answered.add(frame);
        if (!stored.contains(frame)) {
            missing++;
        }
    }

    /** A record that is there already is no problem; the first of an earlier frame is. */
    synchronized void stored(String camera, long timestamp) {
        records++;
        lastStoredNanos = System.nanoTime();
        FrameId frame = new FrameId(camera, timestamp);
        boolean first = stored.add(frame);
        if (first && answered.contains(frame)) {
            missing--;
        }
        long newest = newestOfCamera.merge(camera, timestamp, Math::max);
        if (first && newest > timestamp) {
            problem(camera + ": the frame of " + timestamp + " came after that of " + newest);
        }
        notifyAll();
    }

    synchronized void problem(String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(what);
        }
    }

    /** Waits until Kafka has all that was answered, or nothing more came for a while. */
    synchronized void awaitStored(long quietMillis) throws InterruptedException {
        lastStoredNanos = System.nanoTime();
        long left = quietMillis;
        while (missing > 0 && left > 0) {
            wait(left);
            left = quietMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastStoredNanos);
        }
    }

    /** Frames that were answered with findings and are not on Kafka. */
    synchronized long missing() {
        return missing;
    }

    synchronized Summary summary(Delivery delivery, FrameCounts frames) {
        return new Summary(delivery, frames, records, records - stored.size(), missing, problems);
    }
}
