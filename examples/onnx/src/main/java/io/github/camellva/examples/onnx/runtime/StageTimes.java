package io.github.camellva.examples.onnx.runtime;

import java.time.Duration;
import java.util.Arrays;

/** How long the stages of a frame take: medians, of the frames that came last. Safe for use by many threads. */
public final class StageTimes {

    private static final int MOST_KEPT = 1024;

    private final long[] drawing = new long[MOST_KEPT];
    private final long[] running = new long[MOST_KEPT];
    private final long[] reading = new long[MOST_KEPT];
    private long frames;

    synchronized void add(long drawingNanos, long runningNanos, long readingNanos) {
        int at = (int) (frames % MOST_KEPT);
        drawing[at] = drawingNanos;
        running[at] = runningNanos;
        reading[at] = readingNanos;
        frames++;
    }

    public synchronized long frames() {
        return frames;
    }

    /** From the frame's bytes to the model's input. */
    public synchronized Duration drawing() {
        return median(drawing);
    }

    public synchronized Duration running() {
        return median(running);
    }

    /** From the model's output to inferences. */
    public synchronized Duration reading() {
        return median(reading);
    }

    private Duration median(long[] nanos) {
        long[] sorted = Arrays.copyOf(nanos, (int) Math.min(frames, MOST_KEPT));
        Arrays.sort(sorted);
        return sorted.length == 0 ? Duration.ZERO : Duration.ofNanos(sorted[sorted.length / 2]);
    }
}
