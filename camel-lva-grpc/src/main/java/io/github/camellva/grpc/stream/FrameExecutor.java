package io.github.camellva.grpc.stream;

import java.util.concurrent.Executor;

/** Runs frames, and whatever else may take its time, on threads of its own; never on the caller's. */
@FunctionalInterface
public interface FrameExecutor extends Executor {

    /**
     * Runs a short task that others may be joined to, such as sending an answer: on a thread of this executor's when that has
     * done the frames that wait for it, as long as these take next to no time; at once on any other thread.
     */
    default void executeSoon(Runnable task) {
        task.run();
    }
}
