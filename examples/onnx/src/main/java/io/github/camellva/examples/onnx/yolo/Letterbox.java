package io.github.camellva.examples.onnx.yolo;

import java.nio.FloatBuffer;
import java.util.Arrays;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.ScaleMode;
import io.github.camellva.grpc.media.ScaleTarget;
import io.github.camellva.grpc.media.Scaling;

/**
 * Draws frames into the input of a model, in one pass from their bytes: floats from 0 to 1, all of red, then green, then blue;
 * the frame in its own proportions between grey bars, linearly interpolated, as YOLO models are trained.
 */
public final class Letterbox {

    public static final int COMPONENTS = 3;

    private static final float GREY = 114 / 255f;

    private final ScaleTarget target;

    /** @param width and height of the model's input */
    public Letterbox(int width, int height) {
        this.target = new ScaleTarget(ScaleMode.PAD, width, height);
    }

    public int width() {
        return target.width();
    }

    public int height() {
        return target.height();
    }

    /** Floats that a picture has in the model's input. */
    public int size() {
        return COMPONENTS * width() * height();
    }

    /** @return where the frame lies in the input; maps boxes back */
    public Scaling draw(FramePixels frame, FloatBuffer input) throws FrameException {
        Scaling scaling = target.of(frame.width(), frame.height());
        drawBars(scaling, input);
        drawPicture(frame, scaling, input);
        return scaling;
    }

    private void drawBars(Scaling scaling, FloatBuffer input) {
        if (!scaling.pads()) {
            return;
        }
        float[] grey = new float[width()];
        Arrays.fill(grey, GREY);
        int right = scaling.x() + scaling.width();
        int bottom = scaling.y() + scaling.height();
        for (int component = 0; component < COMPONENTS; component++) {
            for (int y = 0; y < height(); y++) {
                int row = (component * height() + y) * width();
                if (y < scaling.y() || y >= bottom) {
                    input.put(row, grey, 0, width());
                } else {
                    input.put(row, grey, 0, scaling.x());
                    input.put(row + right, grey, 0, width() - right);
                }
            }
        }
    }

    /** A row of the input lies between two of the frame, each of which is stretched once and kept for the next one. */
    private void drawPicture(FramePixels frame, Scaling scaling, FloatBuffer input) {
        Steps rows = Steps.of(frame.height(), scaling.height(), 1);
        StretchedRow upper = new StretchedRow(frame, scaling.width());
        StretchedRow lower = new StretchedRow(frame, scaling.width());
        float[] mixed = new float[scaling.width()];
        for (int y = 0; y < scaling.height(); y++) {
            if (lower.isRow(rows.first[y])) {
                StretchedRow next = upper;
                upper = lower;
                lower = next;
            }
            upper.load(rows.first[y]);
            lower.load(rows.second[y]);
            for (int component = 0; component < COMPONENTS; component++) {
                mix(upper.components[component], lower.components[component], rows.share[y], mixed);
                int row = (component * height() + scaling.y() + y) * width();
                input.put(row + scaling.x(), mixed, 0, mixed.length);
            }
        }
    }

    private static void mix(float[] upper, float[] lower, float share, float[] mixed) {
        float ofUpper = (1 - share) / 255;
        float ofLower = share / 255;
        for (int x = 0; x < mixed.length; x++) {
            mixed[x] = upper[x] * ofUpper + lower[x] * ofLower;
        }
    }

    /** Between which two pixels of the source every pixel of the result lies, and how much of the second is in it. */
    private record Steps(int[] first, int[] second, float[] share) {

        /** @param width of a pixel in the source */
        static Steps of(int source, int target, int width) {
            Steps steps = new Steps(new int[target], new int[target], new float[target]);
            for (int i = 0; i < target; i++) {
                double centre = Math.max(0, Math.min(source - 1, (i + 0.5) * source / target - 0.5));
                int first = (int) centre;
                steps.first[i] = first * width;
                steps.second[i] = Math.min(source - 1, first + 1) * width;
                steps.share[i] = (float) (centre - first);
            }
            return steps;
        }
    }

    /** A row of the frame, as wide as the picture is in the input, red, green and blue apart. */
    private static final class StretchedRow {

        private final FramePixels frame;
        private final int[] offsets;
        private final Steps columns;
        private final byte[] bytes;
        private final float[][] components;
        private int loaded = -1;

        StretchedRow(FramePixels frame, int width) {
            this.frame = frame;
            this.offsets = frame.componentOffsets();
            this.columns = Steps.of(frame.width(), width, frame.bytesPerPixel());
            this.bytes = new byte[frame.width() * frame.bytesPerPixel()];
            this.components = new float[COMPONENTS][width];
        }

        boolean isRow(int y) {
            return loaded == y;
        }

        void load(int y) {
            if (loaded != y) {
                frame.row(y, bytes);
                for (int component = 0; component < COMPONENTS; component++) {
                    stretch(offsets[component], components[component]);
                }
                loaded = y;
            }
        }

        private void stretch(int offset, float[] row) {
            for (int x = 0; x < row.length; x++) {
                int first = bytes[columns.first[x] + offset] & 0xFF;
                int second = bytes[columns.second[x] + offset] & 0xFF;
                row[x] = first + (second - first) * columns.share[x];
            }
        }
    }
}
