package io.github.camellva.grpc.simulation;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.camellva.grpc.thread.FrameExecutor;
import io.github.camellva.grpc.thread.ThriftyExecutor;

/** Threads that begin when they like, and are sometimes not to be had. */
final class SimulatedExecutor implements Executor {

    private final World world;
    private final Chances chances;

    private SimulatedExecutor(World world, Chances chances) {
        this.world = world;
        this.chances = chances;
    }

    /** The component's own executor over such threads, or one thread for each task. */
    static FrameExecutor of(World world, Chances chances) {
        SimulatedExecutor threads = new SimulatedExecutor(world, chances);
        return chances.thrifty()
                ? new ThriftyExecutor(threads, chances.workers(), 2, world)
                : new Disordered(threads);
    }

    @Override
    public void execute(Runnable task) {
        if (world.fault(chances.rejects())) {
            if (world.random().nextBoolean()) {
                throw new OutOfMemoryError("unable to create native thread: simulated");
            }
            throw new RejectedExecutionException("simulated");
        }
        world.after(world.upTo(chances.network()), "a thread begins", task);
    }

    private record Disordered(SimulatedExecutor threads) implements FrameExecutor {

        @Override
        public void execute(Runnable task) {
            threads.execute(task);
        }

        @Override
        public void defer(Runnable task) {
            if (threads.world.random().nextBoolean()) {
                task.run();
            } else {
                threads.world.after(threads.world.upTo(200), "what was deferred", task);
            }
        }
    }
}
