package io.github.camellva.grpc.thread;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on as few workers as keep up with them, since waking a thread costs more than many a task does. While tasks are
 * quick, new ones are left to the workers that are awake, and what they defer waits until no task does. While tasks are slow,
 * each gets a worker of its own at once.
 * <p>
 * A quick task can be followed by a slow one. A timer looks for tasks that are stuck behind it, as long as anything waits. What
 * waits is bounded by the credit of the sessions that submit it. Safe for use by many threads.
 */
public final class ThriftyExecutor implements FrameExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(ThriftyExecutor.class);

    /** About what waking a thread costs: what takes no longer may be deferred. */
    private static final long WAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    /** The longest that a task may take to count as quick. */
    private static final long QUICK_NANOS = 3 * WAKE_NANOS;
    /** A task that takes longer counts as this long, so that a single one does not make all of them slow. */
    private static final long MAX_COUNTED_NANOS = 4 * QUICK_NANOS;
    /** How many of the last tasks decide whether tasks are quick. */
    private static final int REMEMBERED_TASKS = 8;
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(5);

    private final Executor pool;
    private final int maxWorkers;
    private final int processors;
    private final Time time;
    private final ThreadLocal<Worker> current = new ThreadLocal<>();

    @GuardedBy("this")
    private final Queue<Task> waiting = new ArrayDeque<>();
    @GuardedBy("this")
    private final Set<Worker> workers = new LinkedHashSet<>();
    /** Tasks count as slow until some have been seen. */
    @GuardedBy("this")
    private long averageNanos = MAX_COUNTED_NANOS;
    @GuardedBy("this")
    private boolean watching;

    /**
     * @param pool       where workers run; must refuse a worker that it has no thread for, never run it on the caller's
     * @param maxWorkers tasks at once, 1 or more
     * @param processors workers that quick tasks may keep busy, 1 or more
     */
    public ThriftyExecutor(Executor pool, int maxWorkers, int processors, Time time) {
        this.pool = pool;
        this.maxWorkers = maxWorkers;
        this.processors = processors;
        this.time = time;
    }

    @Override
    public void execute(Runnable runnable) {
        Task task = new Task(runnable, time.nanoTime());
        Worker woken = null;
        boolean watch = false;
        synchronized (this) {
            waiting.add(task);
            if (workers.isEmpty() || !areTasksQuick() && workers.size() < maxWorkers) {
                woken = newWorker();
            } else {
                watch = beginWatching();
            }
        }
        if (watch) {
            watchSoon();
        }
        if (woken != null) {
            wake(woken, task);
        }
    }

    @Override
    public void defer(Runnable task) {
        Worker worker = current.get();
        if (worker == null || !deferTo(worker, task)) {
            task.run();
        }
    }

    /** Once memory is missing for that, whoever comes next tries again. */
    private void watchSoon() {
        boolean scheduled = false;
        try {
            time.schedule(WATCH_INTERVAL, this::relieve);
            scheduled = true;
        } finally {
            if (!scheduled) {
                endWatching();
            }
        }
    }

    private synchronized void endWatching() {
        watching = false;
    }

    /** Finds another worker for tasks that have waited since the last time, and runs what blocked workers have deferred. */
    private void relieve() {
        Worker woken = null;
        boolean again = true;
        try {
            for (Runnable task = pollDeferredOfBlocked(); task != null; task = pollDeferredOfBlocked()) {
                runSafely(task);
            }
            synchronized (this) {
                again = !waiting.isEmpty() || workers.stream().anyMatch(worker -> !worker.deferred.isEmpty());
                watching = again;
                if (isWorkerMissing(time.nanoTime())) {
                    woken = newWorker();
                }
            }
            if (woken != null) {
                wake(woken, null);
            }
        } finally {
            if (again) {
                watchSoon();
            }
        }
    }

    /** One by one, so that no Error loses the others. */
    private synchronized @Nullable Runnable pollDeferredOfBlocked() {
        long now = time.nanoTime();
        for (Worker worker : workers) {
            if (worker.isBlocked(now) && !worker.deferred.isEmpty()) {
                return worker.deferred.poll();
            }
        }
        return null;
    }

    private synchronized @Nullable Runnable pollDeferred(Worker worker) {
        return worker.deferred.poll();
    }

    private void runDeferred(Worker worker) {
        for (Runnable task = pollDeferred(worker); task != null; task = pollDeferred(worker)) {
            runSafely(task);
        }
    }

    @GuardedBy("this")
    private boolean isWorkerMissing(long now) {
        boolean waitsLong = !waiting.isEmpty() && waiting.peek().hasWaitedLong(now);
        boolean allBlocked = workers.stream().allMatch(worker -> worker.isBlocked(now));
        return waitsLong && workers.size() < maxWorkers && (allBlocked || workers.size() < processors);
    }

    @GuardedBy("this")
    private boolean areTasksQuick() {
        return averageNanos <= QUICK_NANOS;
    }

    @GuardedBy("this")
    private boolean beginWatching() {
        boolean begins = !watching;
        watching = true;
        return begins;
    }

    @GuardedBy("this")
    private Worker newWorker() {
        Worker worker = new Worker();
        workers.add(worker);
        return worker;
    }

    /** @throws RejectedExecutionException if there is no thread for the task and no other worker that will come to it */
    private void wake(Worker worker, @Nullable Task task) {
        try {
            pool.execute(worker);
        } catch (Throwable e) {
            // a machine that is out of threads says so with an OutOfMemoryError, and a pool may say it in words of its own
            if (isLeftAlone(task, worker)) {
                throw new RejectedExecutionException("no thread is free: " + e.getMessage(), e);
            }
        }
    }

    /** Without the worker, which has not started; other tasks may have been left to it meanwhile. */
    private boolean isLeftAlone(@Nullable Task task, Worker worker) {
        boolean alone;
        boolean watch;
        synchronized (this) {
            workers.remove(worker);
            alone = workers.isEmpty() && waiting.remove(task);
            watch = !waiting.isEmpty() && beginWatching();
        }
        if (watch) {
            watchSoon();
        }
        return alone;
    }

    /** Whatever ended it, also an Error in the middle of a task. */
    private void retire(Worker worker) {
        boolean watch;
        synchronized (this) {
            watch = workers.remove(worker) && !waiting.isEmpty() && beginWatching();
        }
        if (watch) {
            watchSoon();
        }
    }

    private boolean deferTo(Worker worker, Runnable task) {
        boolean watch;
        synchronized (this) {
            if (averageNanos > WAKE_NANOS || waiting.isEmpty()) {
                return false;
            }
            if (worker.deferred.isEmpty()) {
                worker.deferredSince = time.nanoTime();
            }
            worker.deferred.add(task);
            watch = beginWatching();
        }
        if (watch) {
            watchSoon();
        }
        return true;
    }

    /** What a worker does next: a task, or else what it has deferred. Null, and one worker fewer, when there is neither. */
    private synchronized @Nullable Runnable next(Worker worker) {
        long now = time.nanoTime();
        if (worker.busySince != 0) {
            averageNanos += (Math.min(now - worker.busySince, MAX_COUNTED_NANOS) - averageNanos) / REMEMBERED_TASKS;
            worker.busySince = 0;
        }
        if (!worker.deferred.isEmpty() && (waiting.isEmpty() || worker.hasDeferredLong(now))) {
            return worker.runDeferred;
        }
        Task task = waiting.poll();
        if (task == null) {
            workers.remove(worker);
            return null;
        }
        worker.busySince = now;
        return task.runnable;
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.error("A task failed that must not", e);
        } finally {
            // an interrupt was meant for the task before; the next one's file would be closed by it
            Thread.interrupted();
        }
    }

    private record Task(Runnable runnable, long sinceNanos) {

        boolean hasWaitedLong(long now) {
            return now - sinceNanos > QUICK_NANOS;
        }
    }

    /** A thread of the pool while it is awake. Guarded by the executor's lock. */
    private final class Worker implements Runnable {

        private final Queue<Runnable> deferred = new ArrayDeque<>();
        private final Runnable runDeferred = () -> runDeferred(this);
        /** When it began its task; 0 between tasks. */
        private long busySince;
        private long deferredSince;

        @Override
        public void run() {
            current.set(this);
            try {
                for (Runnable task = next(this); task != null; task = next(this)) {
                    runSafely(task);
                }
            } finally {
                // removing it instead costs about a microsecond on JDK 17 for every thread that was woken
                current.set(null);
                try {
                    retire(this);
                } finally {
                    runDeferred(this);
                }
            }
        }

        boolean isBlocked(long now) {
            return busySince != 0 && now - busySince > QUICK_NANOS;
        }

        boolean hasDeferredLong(long now) {
            return now - deferredSince > WAKE_NANOS;
        }
    }
}
