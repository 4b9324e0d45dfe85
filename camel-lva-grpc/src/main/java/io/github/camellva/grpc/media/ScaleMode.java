package io.github.camellva.grpc.media;

/** How to fit a picture into another size. */
public enum ScaleMode {

    /**
     * As large as fits into width x height, with its proportions and without padding, so that one side can be shorter. Width or
     * height may be left out and follows from the other.
     */
    PRESERVE_ASPECT_RATIO("preserveAspectRatio") {
        @Override
        Scaling place(long sourceWidth, long sourceHeight, int width, int height) {
            Scaling fitted = fit(sourceWidth, sourceHeight, width == 0 ? UNBOUNDED : width, height == 0 ? UNBOUNDED : height);
            return Scaling.filling(fitted.width(), fitted.height());
        }
    },

    /** As large as fits into width x height, with its proportions, centered between black bars. */
    PAD("pad") {
        @Override
        Scaling place(long sourceWidth, long sourceHeight, int width, int height) {
            return fit(sourceWidth, sourceHeight, width, height);
        }
    },

    /** Exactly width x height, regardless of proportions. */
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

    /** The value of the option. */
    @Override
    public String toString() {
        return option;
    }

    /** Places a picture; a side may be 0 only if the mode allows it. */
    abstract Scaling place(long sourceWidth, long sourceHeight, int width, int height);

    /** Centered; an odd pixel of padding goes to the right or the bottom. */
    private static Scaling fit(long sourceWidth, long sourceHeight, int width, int height) {
        boolean widthLimits = sourceWidth * height >= sourceHeight * width;
        int fittedWidth = widthLimits ? width : rounded(sourceWidth * height, sourceHeight);
        int fittedHeight = widthLimits ? rounded(sourceHeight * width, sourceWidth) : height;
        return new Scaling(width, height, (width - fittedWidth) / 2, (height - fittedHeight) / 2, fittedWidth, fittedHeight);
    }

    /** At least one pixel, however narrow the picture is. */
    private static int rounded(long dividend, long divisor) {
        return (int) Math.max(1, (dividend + divisor / 2) / divisor);
    }
}
