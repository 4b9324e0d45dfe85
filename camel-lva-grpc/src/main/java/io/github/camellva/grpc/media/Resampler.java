package io.github.camellva.grpc.media;

import java.util.Arrays;

/**
 * Makes pictures smaller or larger, first along columns and then along rows. Along a side that shrinks, a pixel is the mean of
 * the area that it covers, so that fine detail does not alias; along one that grows, it lies between its neighbours. Rows of the
 * result are read in order, and each may be read again before the next; then each row of the source is read once. Not safe for use
 * by many threads.
 */
final class Resampler implements ByteRows {

    /** Fractional bits of positions and weights. */
    private static final int BITS = 16;
    private static final int ONE = 1 << BITS;
    /** Bits that a component has more between the two passes: with {@link #BITS} of a weight, 255 of it fit an int. */
    private static final int SPARE_BITS = 7;
    /** Fractional bits of what is {@linkplain #readFine(int, int[]) fine}. */
    static final int FINE_BITS = 4;

    /**
     * What a resampler is for.
     *
     * @param components of a pixel
     */
    record Shape(int components, int sourceWidth, int sourceHeight, int width, int height) {
    }

    /**
     * For each pixel along one side of the result, the pixels of the source that it mixes.
     *
     * @param first   index of the first of them
     * @param weights of that one and those after it; they sum to {@link #ONE}, so that a plain colour stays what it is
     */
    private record Axis(int[] first, int[][] weights) {

        /** A step from pixel to pixel has as many fractional bits as in FFmpeg's swscale, so that pixels are where they are there. */
        static Axis of(int source, int target) {
            Axis axis = new Axis(new int[target], new int[target][]);
            long step = (((long) source << BITS) + target / 2) / target;
            for (int i = 0; i < target; i++) {
                if (target < source) {
                    axis.shrink(i, i * step, Math.min((i + 1) * step, (long) source << BITS));
                } else {
                    axis.grow(i, (2 * i + 1) * step - ONE >> 1, source);
                }
            }
            return axis;
        }

        private void shrink(int i, long start, long end) {
            first[i] = (int) (start >> BITS);
            weights[i] = new int[(int) (end - 1 >> BITS) - first[i] + 1];
            long given = 0;
            for (int k = 0; k < weights[i].length; k++) {
                long covered = Math.min(end, first[i] + k + 1L << BITS) - start;
                long sum = ((covered << BITS) + (end - start) / 2) / (end - start);
                weights[i][k] = (int) (sum - given);
                given = sum;
            }
        }

        private void grow(int i, long position, int source) {
            long inside = Math.max(0, Math.min(source - 1L << BITS, position));
            first[i] = (int) (inside >> BITS);
            int second = (int) (inside & ONE - 1);
            weights[i] = second == 0 ? new int[] { ONE } : new int[] { ONE - second, second };
        }
    }

    private final Shape shape;
    private final Axis columns;
    private final Axis rows;
    /** Of two neighbours, the one with an even index and the other: rows of the result share one, or lie between two. */
    private final byte[][] sourceRows;
    private final int[] sourceIndices = { -1, -1 };
    private final int[] sums;
    private int summed;
    private ByteRows source;

    Resampler(Shape shape) {
        this.shape = shape;
        this.columns = Axis.of(shape.sourceWidth, shape.width);
        this.rows = Axis.of(shape.sourceHeight, shape.height);
        this.sums = new int[shape.components * shape.sourceWidth];
        this.sourceRows = new byte[2][sums.length];
    }

    Shape shape() {
        return shape;
    }

    /** Begins with another picture. */
    Resampler resample(ByteRows picture) {
        source = picture;
        Arrays.fill(sourceIndices, -1);
        summed = -1;
        return this;
    }

    /** Lets go of the picture. */
    void forget() {
        source = null;
    }

    @Override
    public void read(int y, byte[] row) {
        sum(y);
        switch (shape.components) {
            case 1 -> mixPlane(row);
            case 3 -> mixTriples(row);
            default -> mixQuadruples(row);
        }
    }

    /** Reads a row of a plane, in units of 1 / 2<sup>{@value #FINE_BITS}</sup>, for what is calculated further. */
    void readFine(int y, int[] row) {
        sum(y);
        for (int x = 0; x < shape.width; x++) {
            row[x] = mixed(x) + (1 << BITS + SPARE_BITS - FINE_BITS - 1) >> BITS + SPARE_BITS - FINE_BITS;
        }
    }

    private void sum(int y) {
        if (summed != y) {
            summed = y;
            sum(rows.first[y], rows.weights[y]);
        }
    }

    private void sum(int first, int[] weights) {
        set(sourceRow(first), weights[0]);
        for (int k = 1; k < weights.length; k++) {
            add(sourceRow(first + k), weights[k]);
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i] + (1 << BITS - SPARE_BITS - 1) >> BITS - SPARE_BITS;
        }
    }

    private byte[] sourceRow(int y) {
        byte[] row = sourceRows[y & 1];
        if (sourceIndices[y & 1] != y) {
            source.read(y, row);
            sourceIndices[y & 1] = y;
        }
        return row;
    }

    private void set(byte[] row, int weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = weight * (row[i] & 0xff);
        }
    }

    private void add(byte[] row, int weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * (row[i] & 0xff);
        }
    }

    private void mixPlane(byte[] row) {
        for (int x = 0; x < shape.width; x++) {
            row[x] = rounded(mixed(x));
        }
    }

    private int mixed(int x) {
        int at = columns.first[x];
        int sum = 0;
        for (int weight : columns.weights[x]) {
            sum += weight * sums[at++];
        }
        return sum;
    }

    private void mixTriples(byte[] row) {
        for (int x = 0, to = 0; x < shape.width; x++, to += 3) {
            int at = 3 * columns.first[x];
            int first = 0;
            int second = 0;
            int third = 0;
            for (int weight : columns.weights[x]) {
                first += weight * sums[at];
                second += weight * sums[at + 1];
                third += weight * sums[at + 2];
                at += 3;
            }
            row[to] = rounded(first);
            row[to + 1] = rounded(second);
            row[to + 2] = rounded(third);
        }
    }

    private void mixQuadruples(byte[] row) {
        for (int x = 0, to = 0; x < shape.width; x++, to += 4) {
            int at = 4 * columns.first[x];
            int first = 0;
            int second = 0;
            int third = 0;
            int fourth = 0;
            for (int weight : columns.weights[x]) {
                first += weight * sums[at];
                second += weight * sums[at + 1];
                third += weight * sums[at + 2];
                fourth += weight * sums[at + 3];
                at += 4;
            }
            row[to] = rounded(first);
            row[to + 1] = rounded(second);
            row[to + 2] = rounded(third);
            row[to + 3] = rounded(fourth);
        }
    }

    private static byte rounded(int sum) {
        return (byte) (sum + (1 << BITS + SPARE_BITS - 1) >> BITS + SPARE_BITS);
    }
}
