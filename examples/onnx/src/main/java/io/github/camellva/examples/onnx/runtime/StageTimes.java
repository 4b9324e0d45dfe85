package io.github.camellva.examples.onnx.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** How long the stages of a frame take on average. Safe for use by many threads. */
public final class StageTimes {

    private final LongAdder frames = new LongAdder();
    private final LongAdder drawing = new LongAdder();
    private final LongAdder running = new LongAdder();
    private final LongAdder reading = new LongAdder();

    void add(long drawingNanos, long runningNanos, long readingNanos) {
        frames.increment();
        drawing.add(drawingNanos);
        running.add(runningNanos);
        reading.add(readingNanos);
    }

    public long frames() {
        return frames.sum();
    }

    /** From the frame's bytes to the model's input. */
    public Duration drawing() {
        return mean(drawing);
    }

    public Duration running() {
        return mean(running);
    }

    /** From the model's output to inferences. */
    public Duration reading() {
        return mean(reading);
    }

    private Duration mean(LongAdder nanos) {
        return Duration.ofNanos(nanos.sum() / Math.max(1, frames()));
    }
}
