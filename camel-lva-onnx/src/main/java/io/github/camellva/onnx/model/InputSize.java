package io.github.camellva.onnx.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of a model's input, in pixels. */
public record InputSize(int width, int height) {

    static final int LONGEST_SIDE = 4096;

    private static final Pattern TEXT = Pattern.compile("(?<width>\\d{1,4})(x(?<height>\\d{1,4}))?");

    /** @throws IllegalArgumentException if a side is not between 1 and {@value #LONGEST_SIDE} */
    public InputSize {
        if (width < 1 || width > LONGEST_SIDE || height < 1 || height > LONGEST_SIDE) {
            throw new IllegalArgumentException(
                    "an input of " + width + "x" + height + " pixels; sides of 1 to " + LONGEST_SIDE + " are accepted");
        }
    }

    /** Of {@code 640} or {@code 640x384}, width first. */
    public static InputSize of(String text) {
        Matcher sides = TEXT.matcher(text);
        if (!sides.matches()) {
            throw new IllegalArgumentException("inputSize is '" + text + "'; 640, or 640x384 with the width first, is accepted");
        }
        int width = Integer.parseInt(sides.group("width"));
        return new InputSize(width, sides.group("height") == null ? width : Integer.parseInt(sides.group("height")));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
