package io.github.camellva.examples.iothub.device;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** Grows with every failure, and begins anew after a connection that lasted. */
final class RetryDelay {

    private final Duration first;
    private final Duration longest;
    private final LongSupplier nanoTime;
    private Duration next;
    /** Empty after a failure that no connection came before. */
    private OptionalLong connectedAt = OptionalLong.empty();

    RetryDelay(Duration first, Duration longest) {
        this(first, longest, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    RetryDelay(Duration first, Duration longest, LongSupplier nanoTime) {
        this.first = first;
        this.longest = longest;
        this.nanoTime = nanoTime;
        this.next = first;
    }

    synchronized void connected() {
        connectedAt = OptionalLong.of(nanoTime.getAsLong());
    }

    synchronized Duration next() {
        // two clients of one identity end each other's connections: each of these is good, and none lasts
        if (connectedAt.isPresent() && nanoTime.getAsLong() - connectedAt.getAsLong() > longest.toNanos()) {
            next = first;
        }
        connectedAt = OptionalLong.empty();
        Duration delay = next;
        next = min(next.multipliedBy(2), longest);
        // devices that were disconnected together do not come back together
        return delay.plusMillis(ThreadLocalRandom.current().nextLong(delay.toMillis() / 4 + 1));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
