package io.github.camellva.grpc.media;

/** How a picture becomes one of another size. */
public enum ScaleMode {

    /**
     * As large as fits inside width x height, in its own proportions and without padding: one side can be shorter. Of width and
     * height one can be left out; it follows from the other.
     */
    PRESERVE_ASPECT_RATIO("preserveAspectRatio") {
        @Override
        Scaling place(long sourceWidth, long sourceHeight, int width, int height) {
            Scaling fitted = fit(sourceWidth, sourceHeight, width == 0 ? UNBOUNDED : width, height == 0 ? UNBOUNDED : height);
            return Scaling.filling(fitted.width(), fitted.height());
        }
    },

    /** As large as fits inside width x height, in its own proportions, and black on both sides of what it does not fill. */
    PAD("pad") {
        @Override
        Scaling place(long sourceWidth, long sourceHeight, int width, int height) {
            return fit(sourceWidth, sourceHeight, width, height);
        }
    },

    /** Exactly width x height, whatever becomes of its proportions. */
    STRETCH("stretch") {
        @Override
        Scaling place(long sourceWidth, long sourceHeight, int width, int height) {
            return Scaling.filling(width, height);
        }
    };

    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final String option;

    ScaleMode(String option) {
        this.option = option;
    }

    /** As users write it. */
    @Override
    public String toString() {
        return option;
    }

    /** Where a picture goes; sides of 0 only where the mode allows them. */
    abstract Scaling place(long sourceWidth, long sourceHeight, int width, int height);

    /** Centered; where one pixel is left over it is on the right or at the bottom. */
    private static Scaling fit(long sourceWidth, long sourceHeight, int width, int height) {
        boolean widthLimits = sourceWidth * height >= sourceHeight * width;
        int fittedWidth = widthLimits ? width : rounded(sourceWidth * height, sourceHeight);
        int fittedHeight = widthLimits ? rounded(sourceHeight * width, sourceWidth) : height;
        return new Scaling(width, height, (width - fittedWidth) / 2, (height - fittedHeight) / 2, fittedWidth, fittedHeight);
    }

    /** At least one pixel, however narrow the picture. */
    private static int rounded(long dividend, long divisor) {
        return (int) Math.max(1, (dividend + divisor / 2) / divisor);
    }
}
