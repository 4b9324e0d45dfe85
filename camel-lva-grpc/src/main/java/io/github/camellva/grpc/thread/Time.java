package io.github.camellva.grpc.thread;

import java.time.Duration;
import java.time.Instant;

/** Clock and timers. Whatever measures time or waits for it is given one, so that a test can decide how time passes. */
public interface Time {

    /** Nanoseconds since a fixed, arbitrary moment; see {@link System#nanoTime()}. */
    long nanoTime();

    /** The time of day. */
    Instant now();

    /**
     * Runs a task once after a delay, unless the timer is cancelled first. The task must neither block nor take long.
     *
     * @return the timer; when time has stopped for good, one that never fires
     */
    Timer schedule(Duration delay, Runnable task);

    /** A task that has been scheduled. */
    @FunctionalInterface
    interface Timer {

        /** Does nothing if the task has run already. */
        void cancel();
    }
}
