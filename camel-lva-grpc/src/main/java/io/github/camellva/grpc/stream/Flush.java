package io.github.camellva.grpc.stream;

import io.github.camellva.grpc.thread.FrameExecutor;
import io.grpc.SynchronizationContext;

/**
 * Sends a session's answers a moment later, together: one wakes gRPC's thread as much as many do. Confined to the session, but
 * for what executors run.
 */
final class Flush extends SecondTries.SecondTry {

    private final FrameExecutor executor;
    private final SynchronizationContext events;
    private final SecondTries secondTries;
    private final Runnable send;
    private final Runnable flush = this::flush;
    private final Runnable enqueue = this::enqueue;
    private boolean pending;

    /** @param send sends what is ready; called in the session */
    Flush(FrameExecutor executor, SynchronizationContext events, SecondTries secondTries, Runnable send) {
        this.executor = executor;
        this.events = events;
        this.secondTries = secondTries;
        this.send = send;
    }

    void soon() {
        if (!pending) {
            pending = true;
            executor.defer(enqueue);
        }
    }

    @Override
    void again() {
        events.execute(flush);
    }

    private void enqueue() {
        try {
            events.execute(flush);
        } catch (Throwable e) {
            secondTries.add(this);
            throw e;
        }
    }

    private void flush() {
        pending = false;
        send.run();
    }
}
