package io.github.camellva.onnx.detect;

/**
 * Brings a frame to another size: each pixel of the result lies between four of the frame. Goes from the top to the bottom, and
 * stretches each row of the frame once.
 */
final class Interpolation {

    /** Weights are multiples of 1 / 2048. */
    private static final int ONE = 1 << 11;

    private final Axis rows;
    private StretchedRow upper;
    private StretchedRow lower;
    private int y;

    Interpolation(FramePixels frame, int width, int height) {
        Axis columns = Axis.of(frame.width(), width);
        this.rows = Axis.of(frame.height(), height);
        this.upper = new StretchedRow(frame, columns);
        this.lower = new StretchedRow(frame, columns);
    }

    /** To a row of the result: that one, or one below, must come next. */
    void moveTo(int row) {
        y = row;
        if (lower.isRow(rows.first[y])) {
            StretchedRow next = upper;
            upper = lower;
            lower = next;
        }
        upper.load(rows.first[y]);
        lower.load(rows.second[y]);
    }

    /** The levels of one component in the row. */
    void row(int component, byte[] levels) {
        int[] above = upper.components[component];
        int[] below = lower.components[component];
        int second = rows.share[y];
        int first = ONE - second;
        for (int x = 0; x < levels.length; x++) {
            // 4 + 16 bits of the 22 of both weights go here, the last two after rounding
            levels[x] = (byte) (((first * (above[x] >> 4) >> 16) + (second * (below[x] >> 4) >> 16) + 2) >> 2);
        }
    }

    /** Between which two pixels of the frame every pixel of the result lies, and how much of the second is in it. */
    private record Axis(int[] first, int[] second, int[] share) {

        static Axis of(int source, int target) {
            Axis axis = new Axis(new int[target], new int[target], new int[target]);
            double step = (double) source / target;
            for (int i = 0; i < target; i++) {
                float centre = (float) Math.max(0, Math.min(source - 1, (i + 0.5) * step - 0.5));
                axis.first[i] = (int) centre;
                axis.second[i] = Math.min(source - 1, axis.first[i] + 1);
                axis.share[i] = (int) Math.rint((centre - axis.first[i]) * ONE);
            }
            return axis;
        }
    }

    /** A row of the frame, as wide as the result, red, green and blue apart, in multiples of 1 / 2048. */
    private static final class StretchedRow {

        private final FramePixels frame;
        private final Axis columns;
        private final byte[] bytes;
        private final int[][] components;
        private int loaded = -1;

        StretchedRow(FramePixels frame, Axis columns) {
            this.frame = frame;
            this.columns = columns;
            this.bytes = new byte[frame.width() * frame.bytesPerPixel()];
            this.components = new int[Letterbox.COMPONENTS][columns.first.length];
        }

        boolean isRow(int row) {
            return loaded == row;
        }

        void load(int row) {
            if (loaded != row) {
                frame.row(row, bytes);
                int[] offsets = frame.componentOffsets();
                for (int component = 0; component < components.length; component++) {
                    stretch(offsets[component], frame.bytesPerPixel(), components[component]);
                }
                loaded = row;
            }
        }

        private void stretch(int offset, int step, int[] levels) {
            for (int x = 0; x < levels.length; x++) {
                int first = bytes[columns.first[x] * step + offset] & 0xFF;
                int second = bytes[columns.second[x] * step + offset] & 0xFF;
                levels[x] = first * ONE + (second - first) * columns.share[x];
            }
        }
    }
}
