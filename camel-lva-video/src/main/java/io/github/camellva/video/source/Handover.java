package io.github.camellva.video.source;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * Where the thread that plays leaves a frame, and the one that runs the route takes it. One frame waits at most, so that what the
 * route gets is fresh.
 */
public final class Handover {

    private final int mostInRoute;
    @GuardedBy("this")
    private @Nullable Frame waiting;
    @GuardedBy("this")
    private int inRoute;
    @GuardedBy("this")
    private boolean closed;

    /** @param mostInRoute frames that have been taken and are not done */
    public Handover(int mostInRoute) {
        this.mostInRoute = mostInRoute;
    }

    /**
     * Leaves a frame in place of one that waits.
     *
     * @return whether there was one, which nobody will take now
     */
    synchronized boolean replace(Frame frame) {
        boolean replaced = waiting != null;
        waiting = frame;
        notifyAll();
        return replaced;
    }

    /** Leaves a frame when there is room; does nothing once this is closed. */
    synchronized void put(Frame frame) throws InterruptedException {
        while (waiting != null && !closed) {
            wait();
        }
        waiting = frame;
        notifyAll();
    }

    /** Takes a frame when there is one and the route has room for it; null once this is closed. Then {@link #done} is called for it. */
    public synchronized @Nullable Frame take() throws InterruptedException {
        while ((waiting == null || inRoute >= mostInRoute) && !closed) {
            wait();
        }
        if (closed) {
            return null;
        }
        Frame taken = waiting;
        waiting = null;
        inRoute++;
        notifyAll();
        return taken;
    }

    /** The route is done with a frame. */
    public synchronized void done() {
        inRoute--;
        notifyAll();
    }

    /** Waits until every frame is done, or this is closed. */
    synchronized void awaitIdle() throws InterruptedException {
        while ((waiting != null || inRoute > 0) && !closed) {
            wait();
        }
    }

    /** Frames that wait or are in the route. */
    public synchronized int pending() {
        return inRoute + (waiting == null ? 0 : 1);
    }

    /** Nothing is taken any more; nobody waits. */
    synchronized void close() {
        closed = true;
        waiting = null;
        notifyAll();
    }
}
