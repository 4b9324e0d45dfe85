package io.github.camellva.examples.onnx;

import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param counts  frames of the example itself
 * @param objects in all answers
 */
record Summary(FrameCounts counts, long objects) implements Outcome {

    /** Nothing is missing where nothing was to be sent, because nodes elsewhere send. */
    @Override
    public boolean isComplete() {
        return counts.answered() == counts.sent();
    }
}
