package io.github.camellva.examples.onnx.yolo;

/**
 * What of a model's output is an answer.
 *
 * @param confidence the least
 * @param overlap    of two boxes of one class from which on the less sure one is left out: shared area over covered area
 * @param most       objects in an answer
 */
public record Thresholds(float confidence, float overlap, int most) {

    public static final Thresholds DEFAULT = new Thresholds(0.25f, 0.45f, 100);

    public Thresholds withConfidence(float other) {
        return new Thresholds(other, overlap, most);
    }
}
