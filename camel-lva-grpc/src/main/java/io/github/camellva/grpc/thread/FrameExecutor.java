package io.github.camellva.grpc.thread;

import java.util.concurrent.Executor;

/** Runs the route, and whatever else may take its time, on threads of its own; never on the caller's. */
public interface FrameExecutor extends Executor {

    /**
     * Runs a short task that is cheaper together with others, such as sending answers. On a thread of this executor it may wait
     * for a moment while quick tasks go on; on any other thread it runs at once.
     */
    void defer(Runnable task);
}
