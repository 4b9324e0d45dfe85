package io.github.camellva.examples.rig.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what comes a second time, as long as not too much came in between. Safe for use by many threads. */
final class Repeats {

    /** A power of 2. */
    private static final int REMEMBERED = 1 << 16;

    private final AtomicLongArray numbers = new AtomicLongArray(REMEMBERED);
    private final AtomicLong count = new AtomicLong();

    /** @param number not 0 */
    void add(long number) {
        if (numbers.getAndSet(Long.hashCode(number * CheckedFrames.SPREAD) & REMEMBERED - 1, number) == number) {
            count.incrementAndGet();
        }
    }

    long count() {
        return count.get();
    }
}
