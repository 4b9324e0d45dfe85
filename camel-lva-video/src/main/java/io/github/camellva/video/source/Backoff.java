package io.github.camellva.video.source;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a lost camera is tried again: twice as long after each failure in a row, up to a limit, minus a random
 * part, so that many cameras do not come back at once. Confined to the thread that plays.
 */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration nominal;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.nominal = first;
    }

    /** The wait after one more failure: half to all of the nominal one. */
    Duration afterFailure() {
        Duration wait = Duration.ofNanos((long) (nominal.toNanos() * (1 - random.nextDouble() / 2)));
        Duration doubled = nominal.multipliedBy(2);
        nominal = doubled.compareTo(longest) < 0 ? doubled : longest;
        return wait;
    }

    /** Starts over after a success. */
    void reset() {
        nominal = first;
    }
}
