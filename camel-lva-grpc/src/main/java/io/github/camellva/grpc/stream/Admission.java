package io.github.camellva.grpc.stream;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/** Which of a session's frames may go into the route. Confined to the session, but for {@link #inRoute()}. */
final class Admission {

    private final Overflow overflow;
    private final int maxInFlight;
    /** Received and not yet in the route, oldest first. */
    private final Deque<Frame> waiting = new ArrayDeque<>();
    /** Read by others; written by the session alone. */
    private volatile int inRoute;
    private boolean suspended;

    Admission(Overflow overflow, int maxInFlight) {
        this.overflow = overflow;
        this.maxInFlight = maxInFlight;
    }

    void add(Frame frame) {
        waiting.add(frame);
    }

    /** The next frame for the route, which is there from now on; null when none may go. */
    @Nullable Frame next() {
        if (suspended || inRoute >= maxInFlight || waiting.isEmpty()) {
            return null;
        }
        inRoute++;
        return waiting.poll();
    }

    /** A frame that a fresher one has overtaken, to be skipped; null when there is none. */
    @Nullable Frame overtaken() {
        return overflow == Overflow.SKIP && waiting.size() > 1 ? waiting.poll() : null;
    }

    /** Any frame that waits, to be skipped; null when there is none. */
    @Nullable Frame poll() {
        return waiting.poll();
    }

    /** A frame has left the route. */
    void left() {
        inRoute--;
    }

    void suspend() {
        suspended = true;
    }

    void resume() {
        suspended = false;
    }

    boolean isSuspended() {
        return suspended;
    }

    /** Frames in the route. Safe on any thread. */
    int inRoute() {
        return inRoute;
    }
}
