package io.github.camellva.onnx.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;


/** A model that puts out the same whatever it sees. */
public final class TinyModel {

    public static final int SIDE = 64;

    private TinyModel() {
    }

    /** With an input of 64 x 64. */
    public static OnnxGraph of(float[] output, long... shape) {
        return of(output, shape, OnnxGraph.FLOAT, 1, 3, SIDE, SIDE);
    }

    /** With any input. */
    public static OnnxGraph of(float[] output, long[] shape, int inputType, long... inputShape) {
        return new OnnxGraph().input("images", inputType, inputShape)
                .constant("values", output, shape)
                .node("Identity", List.of("values"), "output0")
                .output("output0", OnnxGraph.FLOAT, shape);
    }

    /** Nothing found, of these classes: [1, 4 + classes, 100]. */
    public static OnnxGraph ofClasses(int classes) {
        return of(new float[(4 + classes) * 100], 1, 4 + classes, 100);
    }

    public static Path write(OnnxGraph model, Path file) throws IOException {
        model.write(file);
        return file;
    }
}
