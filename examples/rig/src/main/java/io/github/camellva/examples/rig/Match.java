package io.github.camellva.examples.rig;

import java.util.List;
import java.util.Locale;

/**
 * How well the boxes that were found fit the objects that are there.
 *
 * @param objects      that are there
 * @param found        objects that a box fits
 * @param worstOverlap of an object with the box that fits it best
 * @param strays       boxes that fit no object
 */
public record Match(int objects, int found, double worstOverlap, int strays) {

    private static final double FITS = 0.5;

    public static Match of(List<Box> objects, List<Box> boxes) {
        return new Match(
                objects.size(),
                (int) objects.stream().filter(object -> bestOverlap(object, boxes) >= FITS).count(),
                objects.stream().mapToDouble(object -> bestOverlap(object, boxes)).min().orElse(1),
                (int) boxes.stream().filter(box -> bestOverlap(box, objects) < FITS).count());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d of %d objects, worst overlap %.2f", found, objects, worstOverlap)
               + (strays == 0 ? "" : ", " + strays + " without object");
    }

    private static double bestOverlap(Box box, List<Box> others) {
        return others.stream().mapToDouble(box::overlap).max().orElse(0);
    }
}
