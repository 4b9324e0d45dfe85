package io.github.camellva.examples.rig;

import java.util.List;

/**
 * A picture that is drawn rather than filmed: objects move to and fro over a still background, each in a lane of its own, so
 * that it is known where each of them is.
 */
public final class Scene {

    public static final int WIDTH = 640;
    public static final int HEIGHT = 360;
    public static final int STRIDE_BYTES = WIDTH * 3;
    public static final int FRAMES_PER_SECOND = 25;

    private static final byte LIGHT = (byte) 235;
    private static final byte DARK = 16;

    private static final List<MovingObject> OBJECTS = List.of(
            new MovingObject(Shape.RECTANGLE, 96, 64, 16, 24, 4, 0, 130),
            new MovingObject(Shape.DISC, 72, 72, 160, 128, 3, 1, 60),
            new MovingObject(Shape.RECTANGLE, 56, 48, 30, 292, 6, 0, 90));

    private final byte[] background = background();

    /** Where the objects of a frame are. */
    public List<Box> objectsAt(long index) {
        return OBJECTS.stream().map(object -> object.boxAt(index)).toList();
    }

    /** A frame in BGR24, rows packed. */
    public byte[] render(long index) {
        byte[] picture = background.clone();
        OBJECTS.forEach(object -> object.draw(picture, index));
        return picture;
    }

    private static byte[] background() {
        byte[] picture = new byte[STRIDE_BYTES * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int at = y * STRIDE_BYTES + x * 3;
                picture[at] = (byte) (110 - 40 * y / HEIGHT);
                picture[at + 1] = (byte) (80 + 30 * x / WIDTH);
                picture[at + 2] = (byte) (70 + 40 * y / HEIGHT);
            }
        }
        return picture;
    }

    private enum Shape {
        RECTANGLE,
        DISC
    }

    /** Goes {@code steps} steps of {@code stepX}, {@code stepY} pixels from its start, one with each frame, and back again. */
    private record MovingObject(
            Shape shape, int width, int height, int startX, int startY, int stepX, int stepY, int steps) {

        Box boxAt(long index) {
            return Box.ofPixels(left(index), top(index), width, height, WIDTH, HEIGHT);
        }

        void draw(byte[] picture, long index) {
            int left = left(index);
            int top = top(index);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    if (covers(x, y)) {
                        byte colour = isLight(x, y) ? LIGHT : DARK;
                        int at = (top + y) * STRIDE_BYTES + (left + x) * 3;
                        picture[at] = colour;
                        picture[at + 1] = colour;
                        picture[at + 2] = colour;
                    }
                }
            }
        }

        private int left(long index) {
            return startX + stepX * stepsFromStart(index);
        }

        private int top(long index) {
            return startY + stepY * stepsFromStart(index);
        }

        /** It turns with a full step, so that it moves in every frame. */
        private int stepsFromStart(long index) {
            return (int) (steps - Math.abs(steps - index % (2L * steps)));
        }

        private boolean covers(int x, int y) {
            double fromCentreX = (x + 0.5) / width - 0.5;
            double fromCentreY = (y + 0.5) / height - 0.5;
            return shape == Shape.RECTANGLE || fromCentreX * fromCentreX + fromCentreY * fromCentreY <= 0.25;
        }

        /** Fields as wide as a step: with each step light and dark change places, so that all of the object is seen to move. */
        private boolean isLight(int x, int y) {
            return (x / stepX + y / stepX) % 2 == 0;
        }
    }
}
