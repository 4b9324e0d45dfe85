package io.github.camellva.examples.rig;

import io.github.camellva.proto.Rectangle;

/** A box as fractions of the picture, 0 to 1: left, top, width, height. */
public record Box(float left, float top, float width, float height) {

    /** A box of pixels in a picture of {@code pictureWidth} by {@code pictureHeight}. */
    public static Box ofPixels(int left, int top, int width, int height, int pictureWidth, int pictureHeight) {
        return new Box(
                (float) left / pictureWidth, (float) top / pictureHeight,
                (float) width / pictureWidth, (float) height / pictureHeight);
    }

    public static Box of(Rectangle rectangle) {
        return new Box(rectangle.getL(), rectangle.getT(), rectangle.getW(), rectangle.getH());
    }

    public Rectangle toRectangle() {
        return Rectangle.newBuilder().setL(left).setT(top).setW(width).setH(height).build();
    }

    /** The area that both share, relative to what they cover together: 1 for equal boxes, 0 for boxes apart. */
    public double overlap(Box other) {
        double shared = shared(left, width, other.left, other.width) * shared(top, height, other.top, other.height);
        return shared / (area() + other.area() - shared);
    }

    private double area() {
        return (double) width * height;
    }

    private static double shared(double start, double length, double otherStart, double otherLength) {
        return Math.max(0, Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart));
    }
}
