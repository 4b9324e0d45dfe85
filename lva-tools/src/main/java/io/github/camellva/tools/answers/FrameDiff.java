package io.github.camellva.tools.answers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.camellva.proto.Rectangle;
import io.github.camellva.tools.frames.Finding;
import org.jspecify.annotations.Nullable;

/**
 * What two answers to one frame have in common. Findings are paired by tag, the best overlap first; what has no box is paired by its
 * tag alone.
 *
 * @param same   overlap at least as asked for
 * @param moved  same tag, some overlap, but less than that
 * @param missed found before, not now
 * @param added  found now, not before
 */
public record FrameDiff(List<Finding> same, List<Finding> moved, List<Finding> missed, List<Finding> added) {

    /** Boxes that overlap less have nothing to do with each other. */
    private static final double SOME_OVERLAP = 0.1;

    /**
     * Compares.
     *
     * @param minIou intersection over union from which two boxes are the same, 0 to 1
     */
    public static FrameDiff of(List<Finding> before, List<Finding> now, double minIou) {
        List<Pair> pairs = new ArrayList<>();
        for (Finding old : before) {
            for (Finding current : now) {
                double iou = old.tag().equals(current.tag()) ? iou(old.box(), current.box()) : 0;
                if (iou >= Math.min(SOME_OVERLAP, minIou) && iou > 0) {
                    pairs.add(new Pair(old, current, iou));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::iou).reversed());
        List<Finding> missed = new ArrayList<>(before);
        List<Finding> added = new ArrayList<>(now);
        List<Finding> same = new ArrayList<>();
        List<Finding> moved = new ArrayList<>();
        for (Pair pair : pairs) {
            if (contains(missed, pair.before) && contains(added, pair.now)) {
                removeThis(missed, pair.before);
                removeThis(added, pair.now);
                (pair.iou >= minIou ? same : moved).add(pair.now);
            }
        }
        return new FrameDiff(same, moved, missed, added);
    }

    /** How many findings differ. */
    public int differences() {
        return moved.size() + missed.size() + added.size();
    }

    private static double iou(@Nullable Rectangle one, @Nullable Rectangle other) {
        if (one == null || other == null) {
            return one == other ? 1 : 0;
        }
        double width = Math.min(one.getL() + one.getW(), other.getL() + other.getW()) - Math.max(one.getL(), other.getL());
        double height = Math.min(one.getT() + one.getH(), other.getT() + other.getH()) - Math.max(one.getT(), other.getT());
        double both = Math.max(0, width) * Math.max(0, height);
        double either = (double) one.getW() * one.getH() + (double) other.getW() * other.getH() - both;
        return either > 0 ? both / either : 0;
    }

    /** Equal findings may occur twice: identity counts. */
    private static boolean contains(List<Finding> findings, Finding finding) {
        return findings.stream().anyMatch(each -> each == finding);
    }

    private static void removeThis(List<Finding> findings, Finding finding) {
        for (int i = 0; i < findings.size(); i++) {
            if (findings.get(i) == finding) {
                findings.remove(i);
                return;
            }
        }
    }

    private record Pair(Finding before, Finding now, double iou) {
    }
}
