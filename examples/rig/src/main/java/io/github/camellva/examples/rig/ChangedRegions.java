package io.github.camellva.examples.rig;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The regions in which two pictures differ: changed pixels are counted in the cells of a grid, cells that touch are joined. */
final class ChangedRegions {

    private static final int CELL = 8;
    /** Less is what cameras and encoders make of a picture in which nothing moves. */
    private static final int LEAST_DIFFERENCE = 24;
    private static final int LEAST_PIXELS_OF_A_CELL = 3;
    private static final int LEAST_PIXELS_OF_A_REGION = 64;

    private final int columns;
    private final int rows;
    /** Row by row; null where nothing changed. */
    private final Region[] cells;

    private ChangedRegions(int width, int height) {
        this.columns = (width + CELL - 1) / CELL;
        this.rows = (height + CELL - 1) / CELL;
        this.cells = new Region[columns * rows];
    }

    /** The boxes around the regions in which two pictures of one size differ. */
    static List<Box> between(Luma before, Luma after) {
        ChangedRegions grid = new ChangedRegions(after.width(), after.height());
        grid.compare(before.values(), after.values(), after.width(), after.height());
        return grid.regions().stream()
                .filter(region -> region.pixels >= LEAST_PIXELS_OF_A_REGION)
                .map(region -> region.box(after.width(), after.height()))
                .toList();
    }

    private void compare(byte[] before, byte[] after, int width, int height) {
        int at = 0;
        for (int y = 0; y < height; y++) {
            int row = y / CELL * columns;
            for (int x = 0; x < width; x++, at++) {
                if (Math.abs((after[at] & 0xFF) - (before[at] & 0xFF)) >= LEAST_DIFFERENCE) {
                    change(row + x / CELL, x, y);
                }
            }
        }
    }

    private void change(int cell, int x, int y) {
        if (cells[cell] == null) {
            cells[cell] = new Region();
        }
        cells[cell].add(x, y);
    }

    private List<Region> regions() {
        List<Region> regions = new ArrayList<>();
        for (int cell = 0; cell < cells.length; cell++) {
            Region start = take(cell);
            if (start != null) {
                regions.add(joined(start, cell));
            }
        }
        return regions;
    }

    /** A cell's changes with those of all cells that it touches, and of those that they touch, and so on. */
    private Region joined(Region region, int start) {
        Deque<Integer> reached = new ArrayDeque<>(List.of(start));
        while (!reached.isEmpty()) {
            int cell = reached.pop();
            int column = cell % columns;
            int row = cell / columns;
            for (int r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
                for (int c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
                    Region neighbour = take(r * columns + c);
                    if (neighbour != null) {
                        region.join(neighbour);
                        reached.push(r * columns + c);
                    }
                }
            }
        }
        return region;
    }

    /** What changed in a cell that belongs to no region yet; null if that is nothing, or no more than noise. */
    private Region take(int cell) {
        Region taken = cells[cell];
        cells[cell] = null;
        return taken == null || taken.pixels < LEAST_PIXELS_OF_A_CELL ? null : taken;
    }

    /** Changed pixels, and how far they reach. */
    private static final class Region {

        private int pixels;
        private int left = Integer.MAX_VALUE;
        private int top = Integer.MAX_VALUE;
        private int right = -1;
        private int bottom = -1;

        void add(int x, int y) {
            pixels++;
            left = Math.min(left, x);
            top = Math.min(top, y);
            right = Math.max(right, x);
            bottom = Math.max(bottom, y);
        }

        void join(Region other) {
            pixels += other.pixels;
            left = Math.min(left, other.left);
            top = Math.min(top, other.top);
            right = Math.max(right, other.right);
            bottom = Math.max(bottom, other.bottom);
        }

        Box box(int width, int height) {
            return Box.ofPixels(left, top, right - left + 1, bottom - top + 1, width, height);
        }
    }
}
