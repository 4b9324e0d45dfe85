package io.github.camellva.grpc.media;

import java.util.Arrays;

/**
 * Makes pictures smaller or larger, first along rows and then along columns. Along a side that shrinks, a pixel is the mean of
 * the area that it covers, so that fine detail does not alias; along one that grows, it lies between its neighbours.
 */
final class Resampler {

    /** Fractional bits of weights: 255 times a weight of 1 fits 32 bits. */
    private static final int BITS = 16;
    private static final int ONE = 1 << BITS;

    /**
     * For each pixel along one side of the result, the pixels of the source that it mixes.
     *
     * @param first   index of the first of them
     * @param weights of that one and those after it; they sum to {@link #ONE}, so that a plain colour stays what it is
     */
    private record Axis(int[] first, int[][] weights) {

        static Axis of(int source, int target) {
            Axis axis = new Axis(new int[target], new int[target][]);
            for (int i = 0; i < target; i++) {
                if (target < source) {
                    axis.shrink(i, source, target);
                } else {
                    axis.grow(i, source, target);
                }
            }
            return axis;
        }

        /** Counts in units of 1 / target source pixels: source pixel k reaches from k * target to (k + 1) * target. */
        private void shrink(int i, long source, long target) {
            long start = i * source;
            long end = start + source;
            first[i] = (int) (start / target);
            weights[i] = new int[(int) ((end - 1) / target) - first[i] + 1];
            long given = 0;
            for (int k = 0; k < weights[i].length; k++) {
                long covered = Math.min(end, (first[i] + k + 1) * target) - start;
                long sum = (covered * ONE + source / 2) / source;
                weights[i][k] = (int) (sum - given);
                given = sum;
            }
        }

        private void grow(int i, int source, int target) {
            double center = Math.max(0, Math.min(source - 1, (i + 0.5) * source / target - 0.5));
            first[i] = (int) center;
            int second = (int) Math.round((center - first[i]) * ONE);
            weights[i] = second == 0 ? new int[] { ONE } : new int[] { ONE - second, second };
        }
    }

    /** The rows of the source, each read and brought to the width of the result once, as long as they are read in order. */
    private static final class Narrowed {

        private final PixelRows source;
        private final Axis axis;
        private final int[] sourceRow;
        /** Of two neighbours, the one with an even index and the other: rows of the result share one, or lie between two. */
        private final int[][] rows = new int[2][];
        private final int[] indices = { -1, -1 };

        Narrowed(PixelRows source, int sourceWidth, Axis axis) {
            this.source = source;
            this.axis = axis;
            this.sourceRow = new int[sourceWidth];
            this.rows[0] = new int[axis.first.length];
            this.rows[1] = new int[axis.first.length];
        }

        int[] row(int y) {
            int[] row = rows[y & 1];
            if (indices[y & 1] != y) {
                indices[y & 1] = y;
                source.read(y, sourceRow);
                for (int x = 0; x < row.length; x++) {
                    row[x] = mix(sourceRow, axis.first[x], axis.weights[x]);
                }
            }
            return row;
        }
    }

    /** Receives the rows of the result, in order. */
    @FunctionalInterface
    interface Target {
        /** @param row pixels 0xAARRGGBB, valid during the call */
        void accept(int y, int[] row);
    }

    private Resampler() {
    }

    /** Brings a source of sourceWidth x sourceHeight pixels to width x height. Memory grows with the sides, not the area. */
    static void resample(PixelRows source, int sourceWidth, int sourceHeight, int width, int height, Target target) {
        Narrowed rows = new Narrowed(source, sourceWidth, Axis.of(sourceWidth, width));
        Axis axis = Axis.of(sourceHeight, height);
        long[] redBlue = new long[width];
        long[] alphaGreen = new long[width];
        int[] result = new int[width];
        for (int y = 0; y < height; y++) {
            Arrays.fill(redBlue, 0);
            Arrays.fill(alphaGreen, 0);
            for (int k = 0; k < axis.weights[y].length; k++) {
                add(rows.row(axis.first[y] + k), axis.weights[y][k], redBlue, alphaGreen);
            }
            for (int x = 0; x < width; x++) {
                result[x] = together(redBlue[x]) | together(alphaGreen[x]) << 8;
            }
            target.accept(y, result);
        }
    }

    private static void add(int[] row, int weight, long[] redBlue, long[] alphaGreen) {
        for (int x = 0; x < row.length; x++) {
            redBlue[x] += apart(row[x]) * weight;
            alphaGreen[x] += apart(row[x] >>> 8) * weight;
        }
    }

    /** Two components per multiplication, each in 32 bits of a long. */
    private static int mix(int[] pixels, int first, int[] weights) {
        long redBlue = 0;
        long alphaGreen = 0;
        int at = first;
        for (int weight : weights) {
            int pixel = pixels[at++];
            redBlue += apart(pixel) * weight;
            alphaGreen += apart(pixel >>> 8) * weight;
        }
        return together(redBlue) | together(alphaGreen) << 8;
    }

    private static long apart(int pixel) {
        return (pixel & 0xff0000L) << 16 | pixel & 0xffL;
    }

    private static int together(long sums) {
        long rounded = sums + (1L << 32 + BITS - 1) + (1L << BITS - 1);
        return (int) (rounded >>> 32 & 0xff0000L | rounded >>> BITS & 0xffL);
    }
}
