package io.github.camellva.grpc.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The time of this machine, with timers on a scheduler that somebody else manages. */
public final class SystemTime implements Time {

    private static final Timer NEVER = () -> { };

    private final ScheduledExecutorService scheduler;

    public SystemTime(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        try {
            Future<?> future = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            // the scheduler was shut down: whoever would have waited is being stopped as well
            return NEVER;
        }
    }
}
