package io.github.camellva.grpc.stream;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The samples that a node has sent in a session, by sequence number, until nothing more is owed for them. Guarded by the session's
 * lock.
 */
final class SentSamples {

    /** Oldest first. */
    private final Map<Long, SentSample> unanswered = new LinkedHashMap<>();
    /**
     * Given up, with a region that the extension may still read: it is written again only when a late acknowledgement says that it is
     * free. Bounded by the size of the memory.
     */
    private final Map<Long, SentSample> unreclaimed = new HashMap<>();
    /** Given up before they have left: the call still holds their bytes. */
    private int stuck;

    void add(long number, SentSample sample) {
        unanswered.put(number, sample);
        sample.track();
    }

    boolean isAnyUnanswered() {
        return !unanswered.isEmpty();
    }

    int unanswered() {
        return unanswered.size();
    }

    /** When the oldest unanswered one was sent; there must be one. */
    long oldestNanos() {
        return unanswered.values().iterator().next().sentNanos();
    }

    /** Takes out an acknowledged one, whose region is free; null if there is none of that number. */
    @Nullable SentSample acknowledge(long number) {
        SentSample acknowledged = unanswered.remove(number);
        if (acknowledged != null) {
            acknowledged.free();
        }
        return acknowledged;
    }

    /** Whether a late acknowledgement has freed a region. */
    boolean reclaim(long number) {
        SentSample late = unreclaimed.remove(number);
        if (late != null) {
            late.free();
        }
        return late != null;
    }

    /** Whether regions wait for acknowledgements that may never come. */
    boolean isAnyUnreclaimed() {
        return !unreclaimed.isEmpty();
    }

    /**
     * Gives up those sent up to a moment.
     *
     * @param left whether all of them have left
     */
    Map<Long, SentSample> expire(long sentNanos, boolean left) {
        Map<Long, SentSample> expired = new LinkedHashMap<>();
        for (Iterator<Map.Entry<Long, SentSample>> samples = unanswered.entrySet().iterator(); samples.hasNext();) {
            Map.Entry<Long, SentSample> oldest = samples.next();
            if (oldest.getValue().sentNanos() - sentNanos > 0) {
                break;
            }
            samples.remove();
            if (oldest.getValue().hasSlot()) {
                unreclaimed.put(oldest.getKey(), oldest.getValue());
            }
            stuck += left ? 0 : 1;
            expired.put(oldest.getKey(), oldest.getValue());
        }
        return expired;
    }

    /** Takes out all that are unanswered, and frees all regions: the session has ended. */
    Map<Long, SentSample> loseAll() {
        Map<Long, SentSample> lost = new LinkedHashMap<>(unanswered);
        unanswered.clear();
        lost.values().forEach(SentSample::free);
        unreclaimed.values().forEach(SentSample::free);
        unreclaimed.clear();
        return lost;
    }

    /** Given up and not known to have left. */
    int stuck() {
        return stuck;
    }

    /** @return whether any was stuck before */
    boolean allHaveLeft() {
        boolean any = stuck > 0;
        stuck = 0;
        return any;
    }
}
