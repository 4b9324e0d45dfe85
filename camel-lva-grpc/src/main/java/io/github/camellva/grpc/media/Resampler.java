package io.github.camellva.grpc.media;

/**
 * Makes pictures smaller or larger, first along rows and then along columns. A pixel of a side that shrinks is the mean of the
 * area that it covers, which loses no detail to aliasing; of one that grows it lies on the line between its two neighbours.
 */
final class Resampler {

    /** Fractional bits of weights; a weight of 1 times 255 leaves room in 32 bits. */
    private static final int BITS = 16;
    private static final int ONE = 1 << BITS;

    /**
     * For every pixel of one side of the result, the pixels of the source that it is made of.
     *
     * @param first   index of the first one
     * @param weights of this one and those that follow it; they sum to {@link #ONE}, so that a plain colour stays what it is
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

        /** In units of 1 / target source pixels, where source pixel k is from k * target to (k + 1) * target. */
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

    private Resampler() {
    }

    /**
     * @param  source of sourceWidth x sourceHeight pixels
     * @return        width x height pixels 0xAARRGGBB, row by row
     */
    static int[] resample(PixelRows source, int sourceWidth, int sourceHeight, int width, int height) {
        int[] rows = rows(source, sourceWidth, sourceHeight, Axis.of(sourceWidth, width));
        return columns(rows, width, Axis.of(sourceHeight, height));
    }

    private static int[] rows(PixelRows source, int sourceWidth, int sourceHeight, Axis axis) {
        int width = axis.first.length;
        int[] scaled = new int[width * sourceHeight];
        int[] row = new int[sourceWidth];
        for (int y = 0; y < sourceHeight; y++) {
            source.read(y, row);
            for (int x = 0; x < width; x++) {
                scaled[y * width + x] = mix(row, axis.first[x], 1, axis.weights[x]);
            }
        }
        return scaled;
    }

    private static int[] columns(int[] source, int width, Axis axis) {
        int height = axis.first.length;
        int[] scaled = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                scaled[y * width + x] = mix(source, axis.first[y] * width + x, width, axis.weights[y]);
            }
        }
        return scaled;
    }

    /** Two components a multiplication, each in 32 bits of a long. */
    private static int mix(int[] pixels, int first, int step, int[] weights) {
        long redBlue = 0;
        long alphaGreen = 0;
        int at = first;
        for (int weight : weights) {
            int pixel = pixels[at];
            redBlue += apart(pixel) * weight;
            alphaGreen += apart(pixel >>> 8) * weight;
            at += step;
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
