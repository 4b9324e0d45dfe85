package io.github.camellva.onnx.model;

/** How long the stages of one frame took, in nanoseconds: from its bytes to the input, the model itself, from the output to inferences. */
public record StageTimes(long drawing, long running, long reading) {
}
