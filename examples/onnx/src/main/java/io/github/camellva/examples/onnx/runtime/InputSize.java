package io.github.camellva.examples.onnx.runtime;

/** Of a model's input, in pixels. */
public record InputSize(int width, int height) {

    static final int LONGEST_SIDE = 4096;

    /** @throws IllegalArgumentException if a side is not between 1 and {@value #LONGEST_SIDE} */
    public InputSize {
        if (width < 1 || width > LONGEST_SIDE || height < 1 || height > LONGEST_SIDE) {
            throw new IllegalArgumentException(
                    "an input of " + width + " x " + height + " pixels; sides of 1 to " + LONGEST_SIDE + " are accepted");
        }
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
