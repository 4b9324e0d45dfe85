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
    private final ThreadLocal<Running> running = ThreadLocal.withInitial(this::register);
    /** As many as the caller has threads. */
    private final Set<Running> all = ConcurrentHashMap.newKeySet();

    /** A thread, and since when it has been running a task; 0 between tasks. */
    private static final class Running {

        private final Thread thread = Thread.currentThread();
        private volatile long since;
    }

    /** @param limit a task that takes longer is reported, each time the limit has passed once more */
    public DirectExecutor(Time time, Duration limit, Watchdog watchdog) {
        this.time = time;
        this.limit = limit;
        this.watchdog = watchdog;
        watchSoon();
    }

    @Override
    public void execute(Runnable task) {
        Running current = running.get();
        current.since = time.nanoTime();
        try {
            task.run();
        } finally {
            current.since = 0;
        }
    }

    @Override
    public void defer(Runnable task) {
        task.run();
    }

    private Running register() {
        Running current = new Running();
        all.add(current);
        return current;
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
        long since = thread.since;
        Duration blocked = Duration.ofNanos(time.nanoTime() - since);
        if (since != 0 && blocked.compareTo(limit) > 0) {
            watchdog.onBlocked(blocked, thread.thread.getStackTrace());
        }
    }
}
