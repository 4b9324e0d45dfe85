package io.github.camellva.grpc.stream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a session's frames go into the route, in the order they were added. Threads for them are asked for in a second step, which
 * must not hold the session's lock: a thread that is woken would at once have to wait for it.
 */
final class RouteEntrance {

    private final FrameHandler handler;
    private final FrameExecutor executor;
    /** What the credit of the session allows, and no thread has begun. */
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger threadsToAskFor = new AtomicInteger();

    RouteEntrance(FrameHandler handler, FrameExecutor executor) {
        this.handler = handler;
        this.executor = executor;
    }

    /** @param frame of the sample, to be released by the handler from here on */
    void add(Frame frame, PendingSample sample) {
        arrivals.add(new Arrival(frame, sample));
        threadsToAskFor.incrementAndGet();
    }

    /** One for each frame that was added; a frame that none can be had for has failed. */
    void askForThreads() {
        for (int threads = threadsToAskFor.getAndSet(0); threads > 0; threads--) {
            try {
                executor.execute(this::enter);
            } catch (RejectedExecutionException e) {
                turnAway(e);
            }
        }
    }

    private void enter() {
        Arrival next = arrivals.remove();
        handler.onFrame(next.frame, next.sample);
    }

    private void turnAway(RejectedExecutionException cause) {
        Arrival next = arrivals.remove();
        next.frame.release();
        next.sample.fail(cause);
    }

    private record Arrival(Frame frame, PendingSample sample) {
    }
}
