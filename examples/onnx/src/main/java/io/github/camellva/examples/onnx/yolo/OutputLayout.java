package io.github.camellva.examples.onnx.yolo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** How models of the YOLO family arrange what they find. Boxes are in pixels of the model's input. */
public enum OutputLayout {

    /** A row for each candidate: centre, size, whether it is an object at all, and how well each class fits. */
    OBJECTNESS("[1, N, 5 + classes] with objectness, as YOLOv5, v6 and v7") {

        @Override
        OptionalInt classes(int rows, int columns) {
            return OptionalInt.of(columns - 5);
        }

        @Override
        List<Candidate> candidates(float[] values, int rows, int columns, float confidence) {
            List<Candidate> candidates = new ArrayList<>();
            for (int at = 0; at < rows * columns; at += columns) {
                float objectness = values[at + 4];
                if (objectness >= confidence) {
                    int best = indexOfLargest(values, at + 5, at + columns);
                    float sure = objectness * values[best];
                    if (sure >= confidence) {
                        candidates.add(Candidate.centred(
                                values[at], values[at + 1], values[at + 2], values[at + 3], best - at - 5, sure));
                    }
                }
            }
            return candidates;
        }
    },

    /** A column for each candidate: centre, size, and how well each class fits. */
    CLASSES_FIRST("[1, 4 + classes, N], as YOLOv8, v9, 11 and 12") {

        @Override
        OptionalInt classes(int rows, int columns) {
            return OptionalInt.of(rows - 4);
        }

        @Override
        List<Candidate> candidates(float[] values, int rows, int columns, float confidence) {
            float[] best = Arrays.copyOfRange(values, 4 * columns, 5 * columns);
            int[] labels = new int[columns];
            // row by row, in the order of memory
            for (int label = 1; label < rows - 4; label++) {
                int at = (4 + label) * columns;
                for (int i = 0; i < columns; i++) {
                    if (values[at + i] > best[i]) {
                        best[i] = values[at + i];
                        labels[i] = label;
                    }
                }
            }
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                if (best[i] >= confidence) {
                    candidates.add(Candidate.centred(
                            values[i], values[columns + i], values[2 * columns + i], values[3 * columns + i], labels[i],
                            best[i]));
                }
            }
            return candidates;
        }
    },

    /** A row for each object: two corners, confidence and class; the model itself leaves out what overlaps. */
    END_TO_END("[1, N, 6] end to end, as YOLOv10, YOLO26 and exports with nms=True") {

        @Override
        OptionalInt classes(int rows, int columns) {
            return OptionalInt.empty();
        }

        @Override
        List<Candidate> candidates(float[] values, int rows, int columns, float confidence) {
            List<Candidate> candidates = new ArrayList<>();
            for (int at = 0; at < rows * columns; at += columns) {
                if (values[at + 4] >= confidence) {
                    candidates.add(new Candidate(
                            values[at], values[at + 1], values[at + 2], values[at + 3], Math.round(values[at + 5]),
                            values[at + 4]));
                }
            }
            return candidates;
        }

        @Override
        List<Candidate> objects(List<Candidate> candidates, Thresholds thresholds) {
            return Suppression.surest(candidates, thresholds);
        }
    };

    private static final int END_TO_END_COLUMNS = 6;
    /** Finest cells of 8 pixels, coarsest of 32 or, in models for large pictures, 64. */
    private static final int[] COARSEST_CELLS = { 32, 64 };
    private static final int FINEST_CELL = 8;
    private static final int ANCHORS = 3;

    private final String description;

    OutputLayout(String description) {
        this.description = description;
    }

    /**
     * The layout of an output.
     *
     * @param  shape                    of the output
     * @param  inputWidth               and height of the model, in pixels: they tell a YOLOv5 of one class, which has a row for
     *                                  each cell of its grids, from an end-to-end model
     * @throws IllegalArgumentException if it is none of them
     */
    public static OutputLayout of(long[] shape, int inputWidth, int inputHeight) {
        if (shape.length == 3 && shape[0] == 1) {
            long rows = shape[1];
            long columns = shape[2];
            if (columns == END_TO_END_COLUMNS && rows > columns && !isGrid(rows, inputWidth, inputHeight)) {
                return END_TO_END;
            }
            if (columns >= 6 && rows > columns) {
                return OBJECTNESS;
            }
            if (rows >= 5 && columns > rows) {
                return CLASSES_FIRST;
            }
        }
        throw new IllegalArgumentException("the output's shape is " + Arrays.toString(shape) + "; accepted are " + accepted());
    }

    /** The layouts, for people. */
    public static String accepted() {
        return Arrays.stream(values()).map(OutputLayout::toString).collect(Collectors.joining("; "));
    }

    /** How many classes a model has; empty when its output does not tell. */
    public OptionalInt classes(long[] shape) {
        return classes((int) shape[1], (int) shape[2]);
    }

    abstract OptionalInt classes(int rows, int columns);

    /** All that the model takes for an object, surely enough. */
    abstract List<Candidate> candidates(float[] values, int rows, int columns, float confidence);

    /** Each object once, the surest first. */
    List<Candidate> objects(List<Candidate> candidates, Thresholds thresholds) {
        return Suppression.suppress(candidates, thresholds);
    }

    @Override
    public String toString() {
        return description;
    }

    private static boolean isGrid(long rows, int width, int height) {
        for (int coarsest : COARSEST_CELLS) {
            long cells = 0;
            for (int cell = FINEST_CELL; cell <= coarsest; cell *= 2) {
                cells += (long) (width / cell) * (height / cell);
            }
            if (rows == cells || rows == ANCHORS * cells) {
                return true;
            }
        }
        return false;
    }

    private static int indexOfLargest(float[] values, int from, int to) {
        int largest = from;
        for (int i = from + 1; i < to; i++) {
            if (values[i] > values[largest]) {
                largest = i;
            }
        }
        return largest;
    }
}
