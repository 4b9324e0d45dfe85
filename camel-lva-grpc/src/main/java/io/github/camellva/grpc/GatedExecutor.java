package io.github.camellva.grpc;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Lets so many tasks at once onto the threads of a pool; more wait, and a thread that is done with one takes the next. A pool by
 * itself either makes a thread for every task until it has all it may, or makes no second one before its queue is full.
 * <p>
 * What waits is bounded by the credit of the sessions that submit.
 */
final class GatedExecutor implements Executor {

    private final Executor pool;
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /** @param most tasks at once, 1 or more */
    GatedExecutor(Executor pool, int most) {
        this.pool = pool;
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (running == most) {
                waiting.add(task);
                return;
            }
            running++;
        }
        try {
            pool.execute(() -> runAll(task));
        } catch (RejectedExecutionException e) {
            synchronized (this) {
                running--;
            }
            throw e;
        }
    }

    private void runAll(Runnable first) {
        Runnable task = first;
        try {
            while (task != null) {
                task.run();
                task = next();
            }
        } catch (RuntimeException | Error e) {
            // the pool reports it; the others go on
            Runnable other = next();
            if (other != null) {
                pool.execute(() -> runAll(other));
            }
            throw e;
        }
    }

    /** Null, and one fewer running, when nothing waits. */
    private synchronized Runnable next() {
        Runnable next = waiting.poll();
        if (next == null) {
            running--;
        }
        return next;
    }
}
