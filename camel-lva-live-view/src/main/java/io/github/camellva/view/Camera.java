package io.github.camellva.view;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/** A camera, and its newest frame while somebody watches. Safe for use by many threads. */
final class Camera {

    private final CameraKey key;
    private final String id;
    private final ByteLimit limit;
    private final long intervalNanos;
    /** The newest frame, for the encoder. */
    private final AtomicReference<Snapshot> waiting = new AtomicReference<>();
    private final AtomicReference<ShownFrame> newest = new AtomicReference<>();
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());
    private volatile long watchedUntilNanos = System.nanoTime();
    private volatile CameraStatus status = CameraStatus.UNKNOWN;

    Camera(CameraKey key, ByteLimit limit, int maximumFramesPerSecond) {
        this.key = key;
        this.id = key.id();
        this.limit = limit;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / maximumFramesPerSecond;
    }

    CameraKey key() {
        return key;
    }

    String id() {
        return id;
    }

    CameraStatus status() {
        return status;
    }

    void update(CameraStatus current) {
        status = current;
    }

    void watchUntil(long nanos) {
        watchedUntilNanos = nanos;
    }

    boolean isWatched() {
        return watchedUntilNanos - System.nanoTime() > 0;
    }

    /** Whether a frame may be shown now. One that comes a little early may, if the one before it was late. */
    boolean takesFrame() {
        long now = System.nanoTime();
        long next = nextNanos.get();
        return now - next >= 0 && nextNanos.compareAndSet(next, Math.max(next, now - intervalNanos) + intervalNanos);
    }

    /**
     * Keeps a frame whose bytes have been taken from the limit, in the place of one that still waits.
     *
     * @return whether none waited, so that somebody must {@link #takeWaiting}
     */
    boolean offer(Snapshot snapshot) {
        Snapshot older = waiting.getAndSet(snapshot);
        if (older != null) {
            limit.release(older.bytes());
        }
        return older == null;
    }

    /** Whoever takes it gives its bytes back. */
    @Nullable Snapshot takeWaiting() {
        return waiting.getAndSet(null);
    }

    long nextNumber() {
        ShownFrame current = newest.get();
        // in milliseconds, so that a number is larger than those of an earlier run
        return Math.max(System.currentTimeMillis(), current == null ? 0 : current.number() + 1);
    }

    /** @param frame whose bytes have been taken from the limit; null to hold none */
    void show(@Nullable ShownFrame frame) {
        ShownFrame older = newest.getAndSet(frame);
        if (older != null) {
            limit.release(older.bytes());
        }
    }

    /** The newest frame if it is another than the one with that number; else null. */
    @Nullable ShownFrame newsSince(long number) {
        ShownFrame current = newest.get();
        return current == null || current.number() == number ? null : current;
    }
}
