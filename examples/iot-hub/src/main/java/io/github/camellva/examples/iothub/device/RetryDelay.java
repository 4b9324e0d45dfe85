package io.github.camellva.examples.iothub.device;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** Doubles with every failure, and begins anew after a connection that lasted longer than the longest delay. */
final class RetryDelay {

    private static final long LONGEST_MILLIS = 30_000;

    private final long firstMillis;
    private final LongSupplier nanoTime;
    private long nextMillis;
    private boolean wasConnected;
    private long connectedAt;

    /** @param nanoTime as {@link System#nanoTime} */
    RetryDelay(Duration first, LongSupplier nanoTime) {
        this.firstMillis = first.toMillis();
        this.nanoTime = nanoTime;
        this.nextMillis = firstMillis;
    }

    synchronized void connected() {
        wasConnected = true;
        connectedAt = nanoTime.getAsLong();
    }

    synchronized Duration next() {
        // two clients of one identity end each other's connections: each of these is good, and none lasts
        if (wasConnected && nanoTime.getAsLong() - connectedAt > Duration.ofMillis(LONGEST_MILLIS).toNanos()) {
            nextMillis = firstMillis;
        }
        wasConnected = false;
        long delay = nextMillis;
        nextMillis = Math.min(2 * nextMillis, LONGEST_MILLIS);
        // devices that were disconnected together do not come back together
        return Duration.ofMillis(delay + ThreadLocalRandom.current().nextLong(delay / 4 + 1));
    }
}
