package io.github.camellva.grpc.media;

/**
 * The size to scale pictures to.
 *
 * @param mode   how to treat their proportions
 * @param width  pixels, 0 to 65535; 0 if not given
 * @param height rows, 0 to 65535; 0 if not given
 */
public record ScaleTarget(ScaleMode mode, int width, int height) {

    private static final int LONGEST_SIDE = PictureLimits.LONGEST_SIDE;

    /** @throws IllegalArgumentException if a side is out of range, or one that the mode needs is not given */
    public ScaleTarget {
        requireSide("width", width);
        requireSide("height", height);
        if (mode == ScaleMode.PRESERVE_ASPECT_RATIO) {
            if (width == 0 && height == 0) {
                throw new IllegalArgumentException(
                        "scaleMode " + mode + " needs the option width, height, or both; neither is set");
            }
        } else if (width == 0 || height == 0) {
            throw new IllegalArgumentException(
                    "scaleMode " + mode + " needs both options width and height, and they are " + width + " and " + height
                                               + "; with " + ScaleMode.PRESERVE_ASPECT_RATIO + " one of them is enough");
        }
    }

    /**
     * Says what becomes of a picture.
     *
     * @param  pictureWidth   pixels, 1 or more
     * @param  pictureHeight  rows, 1 or more
     * @throws FrameException if the result would have more than {@value PictureLimits#MAX_DRAWN_PIXELS} pixels
     */
    public Scaling of(int pictureWidth, int pictureHeight) throws FrameException {
        if (pictureWidth < 1 || pictureHeight < 1) {
            throw new IllegalArgumentException("a picture of " + pictureWidth + " x " + pictureHeight + " cannot be scaled");
        }
        Scaling scaling = mode.place(pictureWidth, pictureHeight, width, height);
        if (!PictureLimits.mayDraw(scaling.canvasWidth(), scaling.canvasHeight())) {
            throw new FrameException(
                    "a picture of " + pictureWidth + " x " + pictureHeight + " pixels would be scaled to "
                                     + scaling.canvasWidth() + " x " + scaling.canvasHeight() + "; at most "
                                     + PictureLimits.MAX_DRAWN_PIXELS + " pixels are accepted: set smaller width and height");
        }
        return scaling;
    }

    private static void requireSide(String option, int pixels) {
        if (pixels < 0 || pixels > LONGEST_SIDE) {
            throw new IllegalArgumentException(
                    option + " " + pixels + " is out of range; 0 to " + LONGEST_SIDE + " is accepted");
        }
    }
}
