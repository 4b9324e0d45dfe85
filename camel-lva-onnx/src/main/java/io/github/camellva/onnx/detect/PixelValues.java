package io.github.camellva.onnx.detect;

/** What numbers models take for the brightness of a component, 0 to 255 in a picture. */
public enum PixelValues {

    /** 0 to 1. */
    UNIT("unit") {
        @Override
        float of(int component, int level) {
            return level / 255f;
        }
    },

    /** 0 to 255, as they are. */
    LEVELS("levels") {
        @Override
        float of(int component, int level) {
            return level;
        }
    },

    /** Relative to the mean and the deviation of ImageNet's pictures, as torchvision trains classifiers. */
    IMAGENET("imagenet") {
        @Override
        float of(int component, int level) {
            return (level / 255f - IMAGENET_MEANS[component]) / IMAGENET_DEVIATIONS[component];
        }
    };

    private static final float[] IMAGENET_MEANS = { 0.485f, 0.456f, 0.406f };
    private static final float[] IMAGENET_DEVIATIONS = { 0.229f, 0.224f, 0.225f };

    private final String option;

    PixelValues(String option) {
        this.option = option;
    }

    /** The value of the option. */
    public String option() {
        return option;
    }

    /** @param component 0 for red, 1 for green, 2 for blue */
    abstract float of(int component, int level);
}
