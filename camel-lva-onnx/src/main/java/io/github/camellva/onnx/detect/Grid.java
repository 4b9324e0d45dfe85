package io.github.camellva.onnx.detect;

import java.util.List;
import java.util.Optional;

/**
 * The cells that models of the YOLO family divide their input into: several grids, each twice as coarse as the one before. A
 * candidate belongs to a cell, so that their number tells how a model is built.
 *
 * @param width  of the model's input, in pixels
 * @param height of the model's input, in pixels
 */
public record Grid(int width, int height) {

    /** Anchors of YOLOv5 and v7, each with a candidate in each cell. */
    private static final int ANCHORS = 3;
    /** The usual sizes of cells, those of models for large pictures, and those of models for small objects. */
    private static final List<List<Integer>> PYRAMIDS = List.of(List.of(8, 16, 32), List.of(8, 16, 32, 64), List.of(4, 8, 16, 32));

    /** Whether each cell has one candidate. */
    boolean isAnchorFree(long candidates) {
        return cellSizes(candidates).isPresent();
    }

    /** Whether each cell has a candidate for each of three anchors. */
    boolean hasAnchors(long candidates) {
        return candidates % ANCHORS == 0 && cellSizes(candidates / ANCHORS).isPresent();
    }

    /** The sizes of the cells, in pixels, where there are so many of them. */
    Optional<List<Integer>> cellSizes(long cells) {
        return PYRAMIDS.stream().filter(sizes -> cells(sizes) == cells).findFirst();
    }

    private long cells(List<Integer> sizes) {
        return sizes.stream().mapToLong(size -> (long) (width / size) * (height / size)).sum();
    }
}
