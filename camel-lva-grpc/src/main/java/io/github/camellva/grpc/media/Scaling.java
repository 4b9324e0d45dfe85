package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Rectangle;

/**
 * How one picture was scaled: the canvas that is sent, and where the picture lies on it. All in pixels.
 *
 * @param canvasWidth  of the picture that is sent
 * @param canvasHeight of the picture that is sent
 * @param x            columns of padding left of the picture
 * @param y            rows of padding above the picture
 * @param width        of the scaled picture
 * @param height       of the scaled picture
 */
public record Scaling(int canvasWidth, int canvasHeight, int x, int y, int width, int height) {

    /** Boxes are rounded to fractions of this: as fine as a float, and decimal, so that 0.2 stays 0.2. */
    private static final double STEPS = 1e7;

    /** Scaling without padding. */
    public static Scaling filling(int width, int height) {
        return new Scaling(width, height, 0, 0, width, height);
    }

    /** Whether there is padding: then boxes on the canvas and in the picture differ. */
    public boolean pads() {
        return width != canvasWidth || height != canvasHeight;
    }

    /** Whether a picture of this size is sent as it is. */
    public boolean keeps(int pictureWidth, int pictureHeight) {
        return !pads() && width == pictureWidth && height == pictureHeight;
    }

    /**
     * Draws a picture: averages areas where it shrinks, interpolates linearly where it grows, and pads it with opaque black.
     * Alpha is a component like the others and is never blended.
     *
     * @return the picture itself if it already has the size, else one of type INT_ARGB if it has alpha, or INT_RGB
     */
    public BufferedImage draw(BufferedImage picture) {
        return keeps(picture.getWidth(), picture.getHeight()) ? picture : JdkPictures.draw(picture, this);
    }

    /**
     * Maps a box on the canvas to the picture. What reaches into the padding comes out below 0 or above 1: a cut box would say
     * less than was found.
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
     * Maps a box in the picture to the canvas, for what was found before the picture was padded.
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
     * {@linkplain #toPicture(Rectangle) Maps} the boxes of entities and motion to the picture; nothing else changes.
     *
     * @return the same list if no box changes
     */
    public List<Inference> toPicture(List<Inference> inferences) {
        return withBoxes(inferences, this::toPicture);
    }

    /**
     * {@linkplain #toCanvas(Rectangle) Maps} the boxes of entities and motion to the canvas; nothing else changes.
     *
     * @return the same list if no box changes
     */
    public List<Inference> toCanvas(List<Inference> inferences) {
        return withBoxes(inferences, this::toCanvas);
    }

    /** Floats such as 0.2 are slightly off; rounding makes 0 and 1 of what should be. */
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
