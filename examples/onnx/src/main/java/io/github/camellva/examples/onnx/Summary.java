package io.github.camellva.examples.onnx;

import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param sent     frames of the example itself
 * @param answered of these
 * @param objects  in all answers
 */
public record Summary(long sent, long answered, long objects) implements Outcome {

    /** Nothing is missing where nothing was to be sent, because nodes elsewhere send. */
    @Override
    public boolean isComplete() {
        return answered == sent;
    }
}
