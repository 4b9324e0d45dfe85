package io.github.camellva.examples.onnx.runtime;

import java.util.Optional;

/**
 * How models are run.
 *
 * @param inputSize of models that take any; empty for what their metadata says
 * @param threads   that compute one frame together
 * @param parallel  frames that one model computes at once, each in memory of its own
 */
public record ModelSettings(Optional<InputSize> inputSize, int threads, int parallel) {

    /** All processors for one frame; while it is computed the next one is drawn. */
    public static final ModelSettings DEFAULT
            = new ModelSettings(Optional.empty(), Runtime.getRuntime().availableProcessors(), 2);
}
