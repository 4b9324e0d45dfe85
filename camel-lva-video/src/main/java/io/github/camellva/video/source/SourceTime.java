package io.github.camellva.video.source;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clock of a source, and how it waits, so that a test can decide how time passes. */
public interface SourceTime {

    /** The time of this machine. */
    SourceTime SYSTEM = new SourceTime() {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void await(Object monitor, long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.timedWait(monitor, nanos);
        }
    };

    /** Nanoseconds since a fixed, arbitrary moment. */
    long nanoTime();

    /** The time of day, which may jump. */
    Instant now();

    /** Waits on a monitor that the caller holds until it is notified, or so long. */
    void await(Object monitor, long nanos) throws InterruptedException;
}
