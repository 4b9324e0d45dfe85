package io.github.camellva.onnx;

/**
 * What one model of a producer did so far.
 *
 * @param name        that it is chosen by
 * @param description for people: its input, its output, and how that is read
 * @param frames      it looked at
 * @param objects     it found in them
 * @param drawMicros  median of the frames that came last: from the frame's bytes to the model's input
 * @param runMicros   the same: the model itself
 * @param readMicros  the same: from the model's output to inferences
 */
public record ModelReport(
        String name, String description, long frames, long objects, long drawMicros, long runMicros, long readMicros) {
}
