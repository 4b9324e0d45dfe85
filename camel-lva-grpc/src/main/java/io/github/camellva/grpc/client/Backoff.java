package io.github.camellva.grpc.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before opening a session again: twice as long after each failure in a row, up to a limit, minus a random
 * part, so that many nodes do not come back at the same moment. Not safe for use by many threads.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final int DOUBLINGS_TO_LONGEST = 4;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The wait after one more failure: half to all of the nominal wait. */
    Duration afterFailure() {
        Duration nominal = failures >= DOUBLINGS_TO_LONGEST ? LONGEST : FIRST.multipliedBy(1L << failures);
        failures++;
        return Duration.ofNanos((long) (nominal.toNanos() * (1 - random.nextDouble() / 2)));
    }

    /** Starts over after a success. */
    void reset() {
        failures = 0;
    }
}
