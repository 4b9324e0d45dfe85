package io.github.camellva.onnx.detect;

import java.util.List;
import java.util.Set;

/**
 * What of a model's output becomes an answer.
 *
 * @param confidence    the least
 * @param iou           from which on the less sure of two boxes of one class is left out: shared area over covered area
 * @param maxDetections in an answer
 * @param classes       by their labels; all if there are none
 */
public record Wanted(float confidence, float iou, int maxDetections, Set<String> classes) {

    public Wanted {
        classes = Set.copyOf(classes);
    }

    public Wanted withConfidence(float other) {
        return new Wanted(other, iou, maxDetections, classes);
    }

    /** For each number of a class, whether it is wanted. */
    boolean[] of(List<String> labels) {
        boolean[] wanted = new boolean[labels.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = classes.isEmpty() || classes.contains(labels.get(i));
        }
        return wanted;
    }
}
