package io.github.camellva.grpc.stream;

import java.time.Duration;

/**
 * Tells an extension that does nothing at all from a slow one. Guarded by the session's lock.
 */
final class SignsOfLife {

    /** What an extension gets to end its session that has already let samples time out. */
    private static final Duration LAST_CHANCE = Duration.ofSeconds(1);

    private final Duration responseTimeout;
    /** When something last left or came. */
    private long lastProgress;
    /** When the last sample was sent. */
    private long lastSent;
    private boolean owing;
    /** Since when samples have been sent and nothing has come. */
    private long silentSince;

    SignsOfLife(Duration responseTimeout, long now) {
        this.responseTimeout = responseTimeout;
        this.lastProgress = now;
        this.lastSent = now;
    }

    /** Something was sent that is to be answered. */
    void sent(long now) {
        lastSent = now;
        if (!owing) {
            owing = true;
            silentSince = now;
        }
    }

    /** What was sent has left. */
    void left(long now) {
        lastProgress = now;
    }

    /** @param owesMore whether more answers are to come */
    void came(long now, boolean owesMore) {
        lastProgress = now;
        owing = owesMore;
        silentSince = now;
    }

    /** Nanoseconds until nothing has gone either way for half of the time that an answer may take. */
    long untilQuiet(long now) {
        return responseTimeout.toNanos() / 2 - (now - Math.max(lastSent, lastProgress));
    }

    long lastProgress() {
        return lastProgress;
    }

    /** How long to wait for the end of a session whose samples have all been answered or given up: who was silent had its time. */
    Duration untilHopeless(long now) {
        if (!owing) {
            return responseTimeout;
        }
        Duration left = responseTimeout.minusNanos(now - silentSince);
        Duration least = responseTimeout.compareTo(LAST_CHANCE) < 0 ? responseTimeout : LAST_CHANCE;
        return left.compareTo(least) < 0 ? least : left;
    }
}
