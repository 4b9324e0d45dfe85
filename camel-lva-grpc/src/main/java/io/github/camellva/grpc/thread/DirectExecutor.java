package io.github.camellva.grpc.thread;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs tasks on the caller's thread, which saves the hop to another, and reports the ones that hold it up. Safe for use by many
 * threads.
 */
public final class DirectExecutor implements FrameExecutor {

    /** Is told of a thread that a task blocks. */
    @FunctionalInterface
    public interface Watchdog {

        /** @param trace what the thread is doing */
        void onBlocked(Duration since, StackTraceElement[] trace);
    }

    private final Time time;
    private final Duration limit;
    private final Watchdog watchdog;
    private final ThreadLocal<Running> running = new ThreadLocal<>();
    private final Set<Running> all = ConcurrentHashMap.newKeySet();

    /** A thread, and since when it has been running a task. */
    private static final class Running {

        private final Thread thread = Thread.currentThread();
        private final long since;

        Running(long since) {
            this.since = since;
        }
    }

    /** @param limit a task that takes longer is reported, each time the limit has passed once more */
    public DirectExecutor(Time time, Duration limit, Watchdog watchdog) {
        this.time = time;
        this.limit = limit;
        this.watchdog = watchdog;
        watchSoon();
    }

    /** A task that another one runs counts as a part of it. */
    @Override
    public void execute(Runnable task) {
        if (running.get() != null) {
            task.run();
            return;
        }
        Running current = new Running(time.nanoTime());
        running.set(current);
        all.add(current);
        try {
            task.run();
        } finally {
            all.remove(current);
            running.set(null);
        }
    }

    @Override
    public void defer(Runnable task) {
        task.run();
    }

    /** Not the thread that runs a task: others wait for it. */
    @Override
    public boolean mayHoldUpCaller() {
        return running.get() == null;
    }

    private void watchSoon() {
        time.schedule(limit, () -> {
            try {
                all.forEach(this::watch);
            } finally {
                watchSoon();
            }
        });
    }

    private void watch(Running thread) {
        Duration blocked = Duration.ofNanos(time.nanoTime() - thread.since);
        if (blocked.compareTo(limit) > 0) {
            watchdog.onBlocked(blocked, thread.thread.getStackTrace());
        }
    }
}
