package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Rectangle;

/**
 * What one picture became: the canvas that is sent, and where on it the picture lies. All in pixels.
 *
 * @param canvasWidth  of what is sent
 * @param canvasHeight of what is sent
 * @param x            columns of padding left of the picture
 * @param y            rows of padding above the picture
 * @param width        of the scaled picture
 * @param height       of the scaled picture
 */
public record Scaling(int canvasWidth, int canvasHeight, int x, int y, int width, int height) {

    /** In which a side is divided for boxes: as fine as a float, and decimal, so that 0.2 stays 0.2. */
    private static final double STEPS = 1e7;

    /** A picture that fills its canvas. */
    public static Scaling filling(int width, int height) {
        return new Scaling(width, height, 0, 0, width, height);
    }

    /** Whether there is padding, so that boxes on the canvas and in the picture differ. */
    public boolean pads() {
        return width != canvasWidth || height != canvasHeight;
    }

    /** Whether a picture of that size is sent as it is. */
    public boolean keeps(int pictureWidth, int pictureHeight) {
        return !pads() && width == pictureWidth && height == pictureHeight;
    }

    /**
     * Draws a picture: averaged over areas where it shrinks, linearly interpolated where it grows, and opaque black around it.
     * Alpha is a component like the others, and never blended.
     *
     * @return the picture itself if it already has the size, else one of type INT_ARGB if it has alpha, or INT_RGB
     */
    public BufferedImage draw(BufferedImage picture) {
        if (keeps(picture.getWidth(), picture.getHeight())) {
            return picture;
        }
        BufferedImage canvas = new BufferedImage(canvasWidth, canvasHeight, PixelRows.intType(picture));
        if (pads()) {
            int[] row = new int[canvasWidth];
            Arrays.fill(row, PixelRows.OPAQUE);
            for (int r = 0; r < canvasHeight; r++) {
                canvas.getRaster().setDataElements(0, r, canvasWidth, 1, row);
            }
        }
        Resampler.resample(
                PixelRows.of(picture), picture.getWidth(), picture.getHeight(), width, height,
                (r, row) -> canvas.getRaster().setDataElements(x, y + r, width, 1, row));
        return canvas;
    }

    /**
     * A box on the canvas as one in the picture. What lies in the padding comes out below 0 or beyond 1: where a box may end is
     * for its reader to say, and one that is cut says less than was found.
     *
     * @param box fractions of the canvas
     * @return    fractions of the picture
     */
    public Rectangle toPicture(Rectangle box) {
        if (!pads()) {
            return box;
        }
        return Rectangle.newBuilder()
                .setL(fraction((double) box.getL() * canvasWidth - x, width))
                .setT(fraction((double) box.getT() * canvasHeight - y, height))
                .setW(fraction((double) box.getW() * canvasWidth, width))
                .setH(fraction((double) box.getH() * canvasHeight, height))
                .build();
    }

    /**
     * A box in the picture as one on the canvas, for what was found before the picture was padded.
     *
     * @param box fractions of the picture
     * @return    fractions of the canvas
     */
    public Rectangle toCanvas(Rectangle box) {
        if (!pads()) {
            return box;
        }
        return Rectangle.newBuilder()
                .setL(fraction((double) box.getL() * width + x, canvasWidth))
                .setT(fraction((double) box.getT() * height + y, canvasHeight))
                .setW(fraction((double) box.getW() * width, canvasWidth))
                .setH(fraction((double) box.getH() * height, canvasHeight))
                .build();
    }

    /**
     * What was found on the canvas, with the boxes of entities and motion {@linkplain #toPicture(Rectangle) as they are in the
     * picture}; nothing else changes.
     *
     * @return the same list if no box changes
     */
    public List<Inference> toPicture(List<Inference> inferences) {
        return withBoxes(inferences, this::toPicture);
    }

    /**
     * What was found in the picture, with the boxes of entities and motion {@linkplain #toCanvas(Rectangle) as they are on the
     * canvas}; nothing else changes.
     *
     * @return the same list if no box changes
     */
    public List<Inference> toCanvas(List<Inference> inferences) {
        return withBoxes(inferences, this::toCanvas);
    }

    /** A float such as 0.2 is a little off; rounding below what can be seen makes 0 and 1 of what should be. */
    private static float fraction(double pixels, int whole) {
        return (float) (Math.rint(pixels / whole * STEPS) / STEPS);
    }

    private List<Inference> withBoxes(List<Inference> inferences, UnaryOperator<Rectangle> mapping) {
        if (!pads() || inferences.stream().noneMatch(Scaling::hasBox)) {
            return inferences;
        }
        return inferences.stream().map(inference -> hasBox(inference) ? withBox(inference, mapping) : inference).toList();
    }

    private static boolean hasBox(Inference inference) {
        return inference.getEntity().hasBox() || inference.getMotion().hasBox();
    }

    private static Inference withBox(Inference inference, UnaryOperator<Rectangle> mapping) {
        Inference.Builder mapped = inference.toBuilder();
        if (inference.hasEntity()) {
            mapped.getEntityBuilder().setBox(mapping.apply(inference.getEntity().getBox()));
        } else {
            mapped.getMotionBuilder().setBox(mapping.apply(inference.getMotion().getBox()));
        }
        return mapped.build();
    }
}
