package io.github.camellva.onnx.detect;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.ScaleMode;
import io.github.camellva.grpc.media.ScaleTarget;
import io.github.camellva.grpc.media.Scaling;

/**
 * Draws frames into the input of a model, as models are trained: in their own proportions between grey bars, all of red, then
 * green, then blue. Levels between pixels are interpolated in the arithmetic of OpenCV, to the same whole numbers.
 */
public final class Letterbox {

    public static final int COMPONENTS = 3;
    static final int GREY = 114;

    /** Where in the input a frame lies. */
    public enum Fit {
        /** All of it, in the middle. */
        PAD,
        /** All of it, with the bars to the right and at the bottom. */
        PAD_END,
        /** Its middle, as much as fills the input. */
        CROP
    }

    /** What is drawn into: an input in memory, all of red, then green, then blue. */
    public interface Canvas {

        /**
         * @param component 0 for red, 1 for green, 2 for blue
         * @param at        index of the first pixel, counted in rows from the top left
         * @param levels    the first is at the offset, the others a step apart
         */
        void draw(int component, int at, byte[] levels, int offset, int step, int count);

        /** Draws pixels of one level in all components. */
        void fill(int at, int count, int level);
    }

    private final ScaleTarget target;
    private final Fit fit;

    /** @param width and height of the model's input */
    public Letterbox(int width, int height, Fit fit) {
        this.target = new ScaleTarget(fit == Fit.CROP ? ScaleMode.STRETCH : ScaleMode.PAD, width, height);
        this.fit = fit;
    }

    /** @return where the frame lies in the input; maps boxes back */
    public Scaling draw(FramePixels frame, Canvas canvas) throws FrameException {
        FramePixels visible = fit == Fit.CROP ? frame.middle(target.width(), target.height()) : frame;
        Scaling scaling = placed(target.of(visible.width(), visible.height()));
        drawBars(scaling, canvas);
        if (scaling.width() == visible.width() && scaling.height() == visible.height()) {
            copyPicture(visible, scaling, canvas);
        } else {
            stretchPicture(visible, scaling, canvas);
        }
        return scaling;
    }

    private Scaling placed(Scaling scaling) {
        return fit == Fit.PAD_END
                ? new Scaling(scaling.canvasWidth(), scaling.canvasHeight(), 0, 0, scaling.width(), scaling.height())
                : scaling;
    }

    private void drawBars(Scaling scaling, Canvas canvas) {
        if (!scaling.pads()) {
            return;
        }
        int width = scaling.canvasWidth();
        int right = scaling.x() + scaling.width();
        int bottom = scaling.y() + scaling.height();
        canvas.fill(0, scaling.y() * width, GREY);
        canvas.fill(bottom * width, (scaling.canvasHeight() - bottom) * width, GREY);
        if (scaling.width() < width) {
            for (int y = scaling.y(); y < bottom; y++) {
                canvas.fill(y * width, scaling.x(), GREY);
                canvas.fill(y * width + right, width - right, GREY);
            }
        }
    }

    private static void copyPicture(FramePixels frame, Scaling scaling, Canvas canvas) {
        int[] offsets = frame.componentOffsets();
        byte[] row = new byte[frame.width() * frame.bytesPerPixel()];
        for (int y = 0; y < frame.height(); y++) {
            frame.row(y, row);
            int at = (scaling.y() + y) * scaling.canvasWidth() + scaling.x();
            for (int component = 0; component < COMPONENTS; component++) {
                canvas.draw(component, at, row, offsets[component], frame.bytesPerPixel(), frame.width());
            }
        }
    }

    private static void stretchPicture(FramePixels frame, Scaling scaling, Canvas canvas) {
        Interpolation interpolation = new Interpolation(frame, scaling.width(), scaling.height());
        byte[] levels = new byte[scaling.width()];
        for (int y = 0; y < scaling.height(); y++) {
            interpolation.moveTo(y);
            int at = (scaling.y() + y) * scaling.canvasWidth() + scaling.x();
            for (int component = 0; component < COMPONENTS; component++) {
                interpolation.row(component, levels);
                canvas.draw(component, at, levels, 0, 1, levels.length);
            }
        }
    }
}
