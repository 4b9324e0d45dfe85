package io.github.camellva.onnx.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Leaves of the boxes that a model has for one object only the surest: non-maximum suppression, for each class by itself. */
final class Suppression {

    /** The others of a picture full of them are not looked at, since every box is compared with those that are kept. */
    static final int MOST_CANDIDATES = 3000;

    private static final Comparator<Candidate> SUREST_FIRST
            = (one, other) -> Float.compare(other.confidence(), one.confidence());

    private Suppression() {
    }

    /** @return the surest first */
    static List<Candidate> suppress(List<Candidate> candidates, Wanted wanted) {
        candidates.sort(SUREST_FIRST);
        List<Candidate> kept = new ArrayList<>();
        for (Candidate candidate : candidates.subList(0, Math.min(MOST_CANDIDATES, candidates.size()))) {
            if (kept.size() == wanted.maxDetections()) {
                break;
            }
            if (!isKnown(candidate, kept, wanted.iou())) {
                kept.add(candidate);
            }
        }
        return kept;
    }

    /** @return the surest first */
    static List<Candidate> surest(List<Candidate> candidates, Wanted wanted) {
        candidates.sort(SUREST_FIRST);
        return candidates.subList(0, Math.min(wanted.maxDetections(), candidates.size()));
    }

    private static boolean isKnown(Candidate candidate, List<Candidate> kept, float iou) {
        for (Candidate surer : kept) {
            if (surer.label() == candidate.label() && surer.overlap(candidate) > iou) {
                return true;
            }
        }
        return false;
    }
}
