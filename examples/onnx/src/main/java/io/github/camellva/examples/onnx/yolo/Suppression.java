package io.github.camellva.examples.onnx.yolo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Leaves of the boxes that a model has for one object only the surest: non-maximum suppression, for each class by itself. */
final class Suppression {

    /** The others of a picture full of them are not looked at, since every box is compared with those that are kept. */
    private static final int MOST_CANDIDATES = 3000;

    private static final Comparator<Candidate> SUREST_FIRST = Comparator.comparing(Candidate::confidence).reversed();

    private Suppression() {
    }

    /** @return the surest first */
    static List<Candidate> suppress(List<Candidate> candidates, Thresholds thresholds) {
        List<Candidate> kept = new ArrayList<>();
        for (Candidate candidate : candidates.stream().sorted(SUREST_FIRST).limit(MOST_CANDIDATES).toList()) {
            if (kept.size() == thresholds.most()) {
                break;
            }
            if (kept.stream().noneMatch(surer -> isSameObject(surer, candidate, thresholds.overlap()))) {
                kept.add(candidate);
            }
        }
        return kept;
    }

    /** @return the surest first */
    static List<Candidate> surest(List<Candidate> candidates, Thresholds thresholds) {
        return candidates.stream().sorted(SUREST_FIRST).limit(thresholds.most()).toList();
    }

    private static boolean isSameObject(Candidate surer, Candidate other, float overlap) {
        return surer.label() == other.label() && surer.overlap(other) > overlap;
    }
}
