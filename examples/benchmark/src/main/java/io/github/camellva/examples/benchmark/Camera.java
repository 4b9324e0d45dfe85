package io.github.camellva.examples.benchmark;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A session that keeps the same number of frames in flight, each in a lane of its own: its answer triggers the next. */
abstract class Camera implements AutoCloseable {

    private final Frames frames;
    private final Meter meter;
    private final long[] sentNanos;
    private final CountDownLatch busyLanes;
    private volatile boolean finishing;

    Camera(Frames frames, Meter meter) {
        this.frames = frames;
        this.meter = meter;
        this.sentNanos = new long[lanes()];
        this.busyLanes = new CountDownLatch(lanes());
    }

    /** Waits until frames can be sent. */
    abstract void awaitOpened() throws Exception;

    /** Sends a frame; {@link #answered}, {@link #notProcessed} or {@link #failed} follows. */
    abstract void send(int lane);

    @Override
    public abstract void close() throws Exception;

    final Frames frames() {
        return frames;
    }

    final int lanes() {
        return frames.load().inFlight();
    }

    final void start() {
        for (int lane = 0; lane < lanes(); lane++) {
            sendNext(lane);
        }
    }

    /** Each lane ends with its next answer. */
    final void finish() {
        finishing = true;
    }

    /** @return how many lanes have had no answer in time */
    final long awaitAnswers(long timeout, TimeUnit unit) throws InterruptedException {
        busyLanes.await(timeout, unit);
        return busyLanes.getCount();
    }

    final void answered(int lane, List<?> inferences) {
        if (inferences.size() == 1 && inferences.get(0).equals(frames.expected())) {
            meter.answered(System.nanoTime() - sentNanos[lane]);
        } else {
            meter.wrong("an answer is not what the frame's bytes lead to: " + inferences);
        }
        goOn(lane);
    }

    /** The server has acknowledged a frame alone. */
    final void notProcessed(int lane) {
        meter.notProcessed();
        goOn(lane);
    }

    /** Leaves a lane, or all of them, without an answer. */
    final void failed(String reason) {
        if (busyLanes.getCount() > 0) {
            meter.wrong(reason);
        }
    }

    private void goOn(int lane) {
        if (finishing) {
            busyLanes.countDown();
        } else {
            sendNext(lane);
        }
    }

    private void sendNext(int lane) {
        sentNanos[lane] = System.nanoTime();
        send(lane);
    }
}
