package io.github.camellva.tools.send;

import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/** Which frames of a source are sent. For one thread. */
final class Sampling {

    private final @Nullable Double framesPerSecond;
    private double nextMicros = Double.NEGATIVE_INFINITY;

    /** @param framesPerSecond of the source's own time; null for all */
    Sampling(@Nullable Double framesPerSecond) {
        this.framesPerSecond = framesPerSecond;
    }

    boolean takes(OptionalLong presentationMicros) {
        if (framesPerSecond == null || presentationMicros.isEmpty()) {
            return true;
        }
        long now = presentationMicros.getAsLong();
        if (now < nextMicros) {
            return false;
        }
        double period = 1_000_000 / framesPerSecond;
        // after a pause of the source nothing is made up for
        nextMicros = nextMicros + period > now ? nextMicros + period : now + period;
        return true;
    }
}
