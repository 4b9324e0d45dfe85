package io.github.camellva.grpc.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a session is opened again: twice as long after every failure in a row, up to a limit, and each time a
 * random part less, so that many nodes do not come back at the same moment. Not safe for use by many threads.
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

    /** The wait after one more failure: half to all of the nominal one. */
    Duration afterFailure() {
        Duration nominal = failures >= DOUBLINGS_TO_LONGEST ? LONGEST : FIRST.multipliedBy(1L << failures);
        failures++;
        return Duration.ofNanos((long) (nominal.toNanos() * (1 - random.nextDouble() / 2)));
    }

    /** What failed before works now. */
    void reset() {
        failures = 0;
    }
}
