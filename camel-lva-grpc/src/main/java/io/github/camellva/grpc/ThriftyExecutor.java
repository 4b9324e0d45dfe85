package io.github.camellva.grpc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.stream.FrameExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on as few threads of a pool as keep up with them. To wake a thread costs more than many a task does. So while tasks
 * are quick, those that come are left to the threads that are awake, and what a task would wake yet another thread for is put
 * off until no task waits. While tasks are not quick, each gets a thread at once.
 * <p>
 * A quick task can be followed by one that takes long; what was left to its thread is for {@link #relieve()} then. What waits
 * is bounded by the credit of the sessions that submit.
 */
final class ThriftyExecutor implements FrameExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(ThriftyExecutor.class);

    /** What it costs to wake a thread, more or less: what takes no longer may be put off. */
    private static final long WAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    /** What a quick task takes at most. */
    private static final long QUICK_NANOS = 3 * WAKE_NANOS;
    /** A task that takes longer counts as this long, so that a single one does not make tasks slow. */
    private static final long MOST_COUNTED_NANOS = 4 * QUICK_NANOS;
    /** How many of the last tasks tell whether tasks are quick. */
    private static final int REMEMBERED = 8;

    private final Executor pool;
    private final int most;
    private final Runnable onLeft;
    private final Queue<Task> waiting = new ArrayDeque<>();
    private final Set<Worker> workers = new HashSet<>();
    private final ThreadLocal<Worker> current = new ThreadLocal<>();
    /** Of the last tasks; unknown ones may be slow. */
    private long averageNanos = MOST_COUNTED_NANOS;
    private boolean watched;

    /**
     * @param most   tasks at once, 1 or more
     * @param onLeft called when something is left to a thread that is awake: {@link #relieve()} is to be called in a while
     */
    ThriftyExecutor(Executor pool, int most, Runnable onLeft) {
        this.pool = pool;
        this.most = most;
        this.onLeft = onLeft;
    }

    @Override
    public void execute(Runnable runnable) {
        Task task = new Task(runnable, System.nanoTime());
        Worker woken = null;
        boolean unwatched = false;
        synchronized (this) {
            waiting.add(task);
            if (workers.isEmpty() || !areTasksQuick() && workers.size() < most) {
                woken = newWorker();
            } else {
                unwatched = !watched;
                watched = true;
            }
        }
        if (unwatched) {
            onLeft.run();
        }
        if (woken != null) {
            wake(woken, task);
        }
    }

    @Override
    public void executeSoon(Runnable task) {
        Worker worker = current.get();
        if (worker == null || !putOff(task, worker)) {
            task.run();
        }
    }

    /**
     * Finds another thread for tasks that have waited since the last time, and does what was put off by threads that are held up.
     *
     * @return whether to call it again in a while; if not, it will be said when
     */
    boolean relieve() {
        Worker woken = null;
        List<Runnable> putOff = new ArrayList<>();
        boolean again;
        synchronized (this) {
            long now = System.nanoTime();
            boolean allHeldUp = workers.stream().allMatch(worker -> worker.isHeldUp(now));
            if (!waiting.isEmpty() && waiting.peek().hasWaitedLong(now) && workers.size() < most
                && (allHeldUp || workers.size() < Runtime.getRuntime().availableProcessors())) {
                woken = newWorker();
            }
            for (Worker worker : workers) {
                if (worker.isHeldUp(now)) {
                    putOff.addAll(worker.takePutOff());
                }
            }
            again = !waiting.isEmpty() || workers.stream().anyMatch(worker -> !worker.putOff.isEmpty());
            watched = again;
        }
        if (woken != null) {
            wake(woken, null);
        }
        putOff.forEach(ThriftyExecutor::runSafely);
        return again;
    }

    private boolean areTasksQuick() {
        return averageNanos <= QUICK_NANOS;
    }

    private Worker newWorker() {
        Worker worker = new Worker();
        workers.add(worker);
        return worker;
    }

    /** @param task that it is woken for */
    private void wake(Worker worker, Task task) {
        try {
            pool.execute(worker);
        } catch (RejectedExecutionException e) {
            synchronized (this) {
                workers.remove(worker);
                // another thread may do it, or have done it
                if (!workers.isEmpty() || !waiting.remove(task)) {
                    return;
                }
            }
            throw e;
        }
    }

    private synchronized boolean putOff(Runnable task, Worker worker) {
        if (averageNanos > WAKE_NANOS || waiting.isEmpty()) {
            return false;
        }
        if (worker.putOff.isEmpty()) {
            worker.putOffSince = System.nanoTime();
        }
        worker.putOff.add(task);
        return true;
    }

    /** What a worker is to do next: a task, or else what it has put off; null, and one worker fewer, when there is neither. */
    private synchronized Runnable next(Worker worker) {
        long now = System.nanoTime();
        if (worker.taskSince != 0) {
            averageNanos += (Math.min(now - worker.taskSince, MOST_COUNTED_NANOS) - averageNanos) / REMEMBERED;
            worker.taskSince = 0;
        }
        if (!worker.putOff.isEmpty() && (waiting.isEmpty() || worker.hasPutOffLong(now))) {
            List<Runnable> putOff = worker.takePutOff();
            return () -> putOff.forEach(ThriftyExecutor::runSafely);
        }
        Task task = waiting.poll();
        if (task == null) {
            workers.remove(worker);
            return null;
        }
        worker.taskSince = now;
        return task.runnable;
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A task failed that should not", e);
        }
    }

    private record Task(Runnable runnable, long sinceNanos) {

        boolean hasWaitedLong(long now) {
            return now - sinceNanos > QUICK_NANOS;
        }
    }

    /** A thread of the pool while it is awake. Guarded by the executor's lock. */
    private final class Worker implements Runnable {

        private final List<Runnable> putOff = new ArrayList<>();
        /** When it began what it does; 0 between tasks. */
        private long taskSince;
        private long putOffSince;

        @Override
        public void run() {
            current.set(this);
            try {
                for (Runnable task = next(this); task != null; task = next(this)) {
                    runSafely(task);
                }
            } finally {
                // to remove it instead costs about a microsecond on JDK 17, for every thread that was woken
                current.set(null);
            }
        }

        boolean isHeldUp(long now) {
            return taskSince != 0 && now - taskSince > QUICK_NANOS;
        }

        boolean hasPutOffLong(long now) {
            return now - putOffSince > WAKE_NANOS;
        }

        List<Runnable> takePutOff() {
            List<Runnable> taken = List.copyOf(putOff);
            putOff.clear();
            return taken;
        }
    }
}
