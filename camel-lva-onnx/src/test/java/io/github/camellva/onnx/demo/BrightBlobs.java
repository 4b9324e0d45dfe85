package io.github.camellva.onnx.demo;

import java.util.List;

import io.github.camellva.onnx.demo.OnnxGraph.Attribute;
import io.github.camellva.onnx.detect.Layout;

/**
 * A model that was not trained but written, so that there is one to try the example with: it finds regions of bright pixels,
 * and puts them out as YOLO models do. Every cell of 8 x 8 pixels that has a bright one is a candidate with the box of the
 * region that it belongs to; the confidence is how bright the brightest pixel of the cell is.
 */
public final class BrightBlobs {

    public static final String LABEL = "bright";

    private static final long CELL = 8;
    private static final float LEAST_BRIGHTNESS = 0.6f;
    /** How many cells a region may be wide and high: so often cells learn from their neighbours how far it reaches. */
    private static final int LARGEST_REGION = 16;
    /** Keeps what cells know from crossing those that are dark. */
    private static final float NEVER = 1e4f;

    private final int width;
    private final int height;
    private final long cells;
    private final OnnxGraph graph = new OnnxGraph();

    private BrightBlobs(int width, int height) {
        this.width = width;
        this.height = height;
        this.cells = width / CELL * (height / CELL);
    }

    /**
     * Has a second class, for which it never finds anything, where the layout would otherwise be taken for another.
     *
     * @param width  of the input, a multiple of 8
     * @param height of the input, a multiple of 8
     */
    public static OnnxGraph graph(int width, int height, Layout layout) {
        if (width % CELL != 0 || height % CELL != 0) {
            throw new IllegalArgumentException(
                    "an input of " + width + " x " + height + "; multiples of " + CELL + " are accepted");
        }
        BrightBlobs blobs = new BrightBlobs(width, height);
        blobs.graph.input("images", OnnxGraph.FLOAT, 1, 3, height, width);
        blobs.findBrightCells();
        blobs.findExtents();
        switch (layout) {
            case YOLOV8 -> blobs.putOutClassesFirst();
            case YOLOV5 -> blobs.putOutObjectness();
            case END_TO_END -> blobs.putOutEndToEnd();
            default -> throw new IllegalArgumentException(layout + " is not written");
        }
        String never = layout == Layout.YOLOV5 ? ", 1: 'never'" : "";
        return blobs.graph
                .metadata("names", "{0: '" + LABEL + "'" + never + "}")
                .metadata("task", "detect")
                .metadata("layout", layout.option());
    }

    /** {@code mask}: 1 for bright pixels; {@code score}: for each cell its brightest pixel, 0 if that is not bright. */
    private void findBrightCells() {
        graph.constant("least", new float[] { LEAST_BRIGHTNESS })
                .node("ReduceMin", List.of("images"), "brightness", Attribute.list("axes", 1L))
                .node("Greater", List.of("brightness", "least"), "bright")
                .node("Cast", List.of("bright"), "mask", Attribute.of("to", OnnxGraph.FLOAT))
                .node("Mul", List.of("brightness", "mask"), "brightPixels")
                .node("MaxPool", List.of("brightPixels"), "score", pooling())
                .node("MaxPool", List.of("mask"), "brightCells", pooling());
    }

    /** {@code extents}: for each bright cell how far its region reaches, and the largest number of a cell in it. */
    private void findExtents() {
        reach("right", ascending(width), 1, 1, 1, width);
        reach("left", descending(width), 1, 1, 1, width);
        reach("bottom", ascending(height), 1, 1, height, 1);
        reach("top", descending(height), 1, 1, height, 1);
        graph.constant("numbers", ascending((int) cells), 1, 1, height / CELL, width / CELL)
                .node("Mul", List.of("numbers", "brightCells"), "brightNumbers")
                .constant("one", new float[] { 1 })
                .constant("never", new float[] { NEVER })
                .node("Sub", List.of("brightCells", "one"), "darkCells")
                .node("Mul", List.of("darkCells", "never"), "penalty")
                .node("Concat", List.of("left", "right", "top", "bottom", "brightNumbers"), "step0", Attribute.of("axis", 1));
        for (int step = 0; step < LARGEST_REGION; step++) {
            String neighbours = "neighbours" + step;
            graph.node("MaxPool", List.of("step" + step), neighbours,
                    Attribute.list("kernel_shape", 3L, 3L), Attribute.list("pads", 1L, 1L, 1L, 1L))
                    .node("Add", List.of(neighbours, "penalty"), "step" + (step + 1));
        }
        graph.node("Identity", List.of("step" + LARGEST_REGION), "extents");
    }

    /** Of the bright pixels of each cell, the largest of these values. */
    private void reach(String name, float[] values, long... shape) {
        graph.constant(name + "Values", values, shape)
                .node("Mul", List.of("mask", name + "Values"), name + "Pixels")
                .node("MaxPool", List.of(name + "Pixels"), name, pooling());
    }

    private void putOutClassesFirst() {
        putBoxes(centresAndSizes());
        graph.node("Concat", List.of("boxes", "score"), "found", Attribute.of("axis", 1))
                .constant("shape", 1, 5, cells)
                .node("Reshape", List.of("found", "shape"), "output0")
                .output("output0", OnnxGraph.FLOAT, 1, 5, cells);
    }

    private void putOutObjectness() {
        putBoxes(centresAndSizes());
        graph.node("Sub", List.of("brightCells", "brightCells"), "zero")
                .node("Concat", List.of("boxes", "score", "brightCells", "zero"), "found", Attribute.of("axis", 1));
        putRows(7);
    }

    /** Of each region only the cell with the largest number speaks, so that there is one box for it. */
    private void putOutEndToEnd() {
        putBoxes(corners());
        graph.constant("numberChannel", 4)
                .node("Gather", List.of("extents", "numberChannel"), "regions", Attribute.of("axis", 1))
                .node("Equal", List.of("regions", "numbers"), "speaks")
                .node("Cast", List.of("speaks"), "speaker", Attribute.of("to", OnnxGraph.FLOAT))
                .node("Mul", List.of("score", "speaker"), "confidence")
                .node("Sub", List.of("score", "score"), "label")
                .node("Concat", List.of("boxes", "confidence", "label"), "found", Attribute.of("axis", 1));
        putRows(6);
    }

    private void putRows(long columns) {
        graph.constant("shape", 1, columns, cells)
                .node("Reshape", List.of("found", "shape"), "columns")
                .node("Transpose", List.of("columns"), "output0", Attribute.list("perm", 0L, 2L, 1L))
                .output("output0", OnnxGraph.FLOAT, 1, cells, columns);
    }

    /** A sum of the extents for each number of a box: the factors of all of them, and what is added. */
    private void putBoxes(float[][] factors) {
        float[] weights = new float[4 * 5];
        float[] added = new float[4];
        for (int row = 0; row < 4; row++) {
            System.arraycopy(factors[row], 0, weights, row * 5, 4);
            added[row] = factors[row][4];
        }
        graph.constant("boxWeights", weights, 4, 5, 1, 1)
                .constant("boxAdded", added, 4)
                .node("Conv", List.of("extents", "boxWeights", "boxAdded"), "boxes");
    }

    /** The extents are left and top, counted from the opposite side, and right and bottom. */
    private float[][] centresAndSizes() {
        return new float[][] {
                { -0.5f, 0.5f, 0, 0, width / 2f }, { 0, 0, -0.5f, 0.5f, height / 2f },
                { 1, 1, 0, 0, -width }, { 0, 0, 1, 1, -height } };
    }

    private float[][] corners() {
        return new float[][] { { -1, 0, 0, 0, width }, { 0, 0, -1, 0, height }, { 0, 1, 0, 0, 0 }, { 0, 0, 0, 1, 0 } };
    }

    private static Attribute[] pooling() {
        return new Attribute[] { Attribute.list("kernel_shape", CELL, CELL), Attribute.list("strides", CELL, CELL) };
    }

    private static float[] ascending(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i + 1;
        }
        return values;
    }

    private static float[] descending(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = count - i;
        }
        return values;
    }
}
