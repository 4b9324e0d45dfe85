package io.github.camellva.onnx.detect;

import java.util.Arrays;
import java.util.Map;

import io.github.camellva.grpc.text.Printable;

/** Tells the layout of a model's output. What can be read in two ways is refused rather than guessed. */
public final class LayoutFinder {

    private static final String TASK = "task";
    private static final String LAYOUT = "layout";

    private LayoutFinder() {
    }

    /**
     * The layout of an output.
     *
     * @param  chosen                   by the user; null for what the metadata or the shape tells
     * @param  shape                    of the output
     * @param  metadata                 of the model; may have {@code layout}, with a value of the option
     * @throws IllegalArgumentException if there is none that fits, or more than one
     */
    public static Layout of(Layout chosen, long[] shape, Grid grid, Map<String, String> metadata) {
        Layout named = chosen != null || !metadata.containsKey(LAYOUT) ? chosen : ofMetadata(metadata.get(LAYOUT));
        Layout layout = named != null ? named : ofShape(shape, grid, metadata);
        if (!layout.fits(shape)) {
            throw new IllegalArgumentException(
                    "its output has the shape " + Arrays.toString(shape) + ", and layout " + layout.option() + " is "
                                               + layout + "; accepted are " + Layout.accepted());
        }
        return layout;
    }

    private static Layout ofMetadata(String option) {
        return Arrays.stream(Layout.values()).filter(layout -> layout.option().equals(option)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "its metadata layout is " + Printable.of(option) + "; accepted are "
                                                                + Arrays.stream(Layout.values()).map(Layout::option).toList()));
    }

    private static Layout ofShape(long[] shape, Grid grid, Map<String, String> metadata) {
        if (Layout.CLASSIFICATION.fits(shape)) {
            return Layout.CLASSIFICATION;
        }
        if (shape.length == 3 && shape[0] == 1) {
            if (shape[1] < shape[2]) {
                return ofColumns(shape, grid, metadata);
            }
            return ofRows(shape, grid);
        }
        throw unknown(shape);
    }

    /** Exports by Ultralytics name their task; of others, the number of candidates must be that of the grids. */
    private static Layout ofColumns(long[] shape, Grid grid, Map<String, String> metadata) {
        if (Layout.YOLOV8.fits(shape) && (metadata.containsKey(TASK) || grid.isAnchorFree(shape[2]))) {
            return Layout.YOLOV8;
        }
        throw unknown(shape);
    }

    private static Layout ofRows(long[] shape, Grid grid) {
        if (Layout.YOLOV5.fits(shape)) {
            if (grid.hasAnchors(shape[1])) {
                return Layout.YOLOV5;
            }
            if (grid.isAnchorFree(shape[1])) {
                throw new IllegalArgumentException(
                        "its output has the shape " + Arrays.toString(shape) + ", which YOLOv6 and YOLOX fill with different"
                                                   + " numbers; say layout=yolov5 for YOLOv6, or layout=yolox");
            }
        }
        if (Layout.END_TO_END.fits(shape)) {
            return Layout.END_TO_END;
        }
        throw unknown(shape);
    }

    private static IllegalArgumentException unknown(long[] shape) {
        return new IllegalArgumentException(
                "its output has the shape " + Arrays.toString(shape)
                                            + ", whose meaning is not clear; set the option layout, of which "
                                            + Layout.accepted() + " are accepted");
    }
}
