package io.github.camellva.onnx;

import java.util.Arrays;
import java.util.function.ToLongFunction;

import io.github.camellva.onnx.model.StageTimes;

/** What one model did for one producer. Safe for use by many threads. */
final class DetectionCounts {

    private static final int MOST_KEPT = 1024;

    /** Of the frames that came last. */
    private final StageTimes[] times = new StageTimes[MOST_KEPT];
    private long frames;
    private long objects;

    synchronized void add(StageTimes stages, int found) {
        times[(int) (frames % MOST_KEPT)] = stages;
        frames++;
        objects += found;
    }

    synchronized long frames() {
        return frames;
    }

    synchronized long objects() {
        return objects;
    }

    /** In microseconds, of the frames that came last; 0 if there were none. */
    synchronized long medianMicros(ToLongFunction<StageTimes> stage) {
        long[] sorted = Arrays.stream(times, 0, (int) Math.min(frames, MOST_KEPT)).mapToLong(stage).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2] / 1000;
    }
}
