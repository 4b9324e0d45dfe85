package io.github.camellva.video.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes when somebody waits, or the test says so. */
final class FakeTime implements SourceTime {

    private long nanos;
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final List<Long> waitsMillis = new ArrayList<>();

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void await(Object monitor, long nanosToWait) {
        waitsMillis.add(nanosToWait / 1_000_000);
        pass(Duration.ofNanos(nanosToWait));
    }

    void pass(Duration duration) {
        nanos += duration.toNanos();
        now = now.plus(duration);
    }

    /** Somebody sets the clock. */
    void jump(Duration difference) {
        now = now.plus(difference);
    }

    List<Long> waitsMillis() {
        return waitsMillis;
    }

    long nowMicros() {
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
