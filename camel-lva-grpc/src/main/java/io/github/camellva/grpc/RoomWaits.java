package io.github.camellva.grpc;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.camellva.grpc.stream.UnansweredException;
import io.github.camellva.grpc.thread.Time;
import io.grpc.Status;

/** Exchanges that wait for room in their session. A stop ends their waiting. Safe for use by many threads. */
final class RoomWaits {

    private final Duration longest;
    private final Time time;
    private final Set<CompletableFuture<Void>> waits = ConcurrentHashMap.newKeySet();
    private volatile long stopBeganNanos;
    private volatile boolean stopBegan;

    /** @param longest a wait; after a stop that was given up, exchanges wait again when so much time has passed */
    RoomWaits(Duration longest, Time time) {
        this.longest = longest;
        this.time = time;
    }

    /**
     * @param  room completes when there may be some
     * @return      false when time is up
     */
    boolean await(CompletableFuture<Void> room, long deadlineNanos) throws InterruptedException {
        CompletableFuture<Void> wait = room.copy();
        waits.add(wait);
        try {
            // after it can be found, so that no stop is missed
            requireNoStop();
            wait.get(deadlineNanos - time.nanoTime(), TimeUnit.NANOSECONDS);
            requireNoStop();
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for room never fails", e);
        } finally {
            waits.remove(wait);
        }
    }

    void stop() {
        stopBeganNanos = time.nanoTime();
        stopBegan = true;
        waits.forEach(wait -> wait.complete(null));
    }

    private void requireNoStop() {
        if (stopBegan && time.nanoTime() - stopBeganNanos < longest.toNanos()) {
            throw new UnansweredException(
                    "the sample was not sent: the session has no room for it, and the route is stopping, so it does not wait for any",
                    Status.CANCELLED);
        }
    }
}
