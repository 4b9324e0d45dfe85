package io.github.camellva.grpc.thread;

import java.util.concurrent.Executor;

/** Runs the route. */
public interface FrameExecutor extends Executor {

    /**
     * Runs a short task that is cheaper together with others, such as sending answers. On a thread of this executor it may wait
     * for a moment while quick tasks go on; on any other thread it runs at once.
     */
    void defer(Runnable task);

    /** Whether the calling thread may be held up, as by waiting for room. */
    default boolean mayHoldUpCaller() {
        return true;
    }
}
