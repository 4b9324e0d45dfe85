package io.github.camellva.video.source;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * UTC in microseconds, which never goes back. When the machine's clock is set forward, this one follows; when it is set back,
 * this one runs on as if it had not been. Confined to the thread that plays.
 */
final class MachineClock {

    /** Reading two clocks one after the other takes time. */
    private static final long TOLERANCE_MICROS = 200_000;

    private final SourceTime time;
    private long startMicros;
    private long startNanos;

    MachineClock(SourceTime time) {
        this.time = time;
        this.startNanos = time.nanoTime();
        this.startMicros = micros(time.now());
    }

    long nowMicros() {
        long steady = startMicros + (time.nanoTime() - startNanos) / 1_000;
        long ahead = micros(time.now()) - steady;
        if (ahead > TOLERANCE_MICROS) {
            startMicros += ahead;
            return steady + ahead;
        }
        return steady;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
