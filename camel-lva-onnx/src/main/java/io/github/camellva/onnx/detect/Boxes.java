package io.github.camellva.onnx.detect;

import java.util.ArrayList;
import java.util.List;

/** Reads the boxes out of a model's output that are of wanted classes and sure enough. */
final class Boxes {

    /** What centres and sizes are relative to. */
    interface Decoding {

        /** They are pixels of the input. */
        Decoding NONE = (row, candidate) -> { };

        void apply(float[] row, int candidate);

        /** Each is relative to its cell of a grid, sizes as their logarithms. */
        static Decoding of(Grid grid, int candidates) {
            float[] x = new float[candidates];
            float[] y = new float[candidates];
            float[] size = new float[candidates];
            int candidate = 0;
            for (int cell : grid.cellSizes(candidates).orElseThrow(() -> new IllegalArgumentException(
                    "its output has " + candidates + " rows, and an input of " + grid.width() + "x" + grid.height()
                                                                                                      + " has another number of cells"))) {
                for (int row = 0; row < grid.height() / cell; row++) {
                    for (int column = 0; column < grid.width() / cell; column++, candidate++) {
                        x[candidate] = column;
                        y[candidate] = row;
                        size[candidate] = cell;
                    }
                }
            }
            return (row, i) -> {
                row[0] = (row[0] + x[i]) * size[i];
                row[1] = (row[1] + y[i]) * size[i];
                row[2] = (float) Math.exp(row[2]) * size[i];
                row[3] = (float) Math.exp(row[3]) * size[i];
            };
        }
    }

    private Boxes() {
    }

    /** A row for each candidate: centre, size, objectness, classes. */
    static List<Candidate> withObjectness(Output output, Decoding decoding, float confidence, boolean[] wanted) {
        List<Candidate> candidates = new ArrayList<>();
        float[] row = new float[output.columns()];
        for (int i = 0; i < output.rows(); i++) {
            output.values().get(i * row.length, row);
            float objectness = row[4];
            if (objectness >= confidence) {
                int best = indexOfLargest(row, Layout.OBJECTNESS_COLUMNS);
                int label = best - Layout.OBJECTNESS_COLUMNS;
                if (objectness * row[best] >= confidence && wanted[label]) {
                    decoding.apply(row, i);
                    candidates.add(Candidate.centred(row[0], row[1], row[2], row[3], label, objectness * row[best]));
                }
            }
        }
        return candidates;
    }

    /** A column for each candidate: centre, size, classes. */
    static List<Candidate> inColumns(Output output, float confidence, boolean[] wanted) {
        int columns = output.columns();
        float[] best = new float[columns];
        float[] row = new float[columns];
        output.values().get(Layout.BOX_ROWS * columns, best);
        // row by row, in the order of memory; loops that are no more than this run on several numbers at once
        for (int y = Layout.BOX_ROWS + 1; y < output.rows(); y++) {
            output.values().get(y * columns, row);
            for (int i = 0; i < columns; i++) {
                best[i] = Math.max(best[i], row[i]);
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            if (best[i] >= confidence) {
                int label = labelOf(output, i, best[i]);
                if (wanted[label]) {
                    candidates.add(Candidate.centred(
                            output.values().get(i), output.values().get(columns + i), output.values().get(2 * columns + i),
                            output.values().get(3 * columns + i), label, best[i]));
                }
            }
        }
        return candidates;
    }

    /** A row for each object: two corners, confidence, class. */
    static List<Candidate> endToEnd(Output output, float confidence, boolean[] wanted) {
        List<Candidate> candidates = new ArrayList<>();
        float[] row = new float[output.columns()];
        for (int i = 0; i < output.rows(); i++) {
            output.values().get(i * row.length, row);
            if (row[4] >= confidence) {
                int label = Math.round(row[5]);
                if (label < 0 || label >= wanted.length) {
                    throw new IllegalStateException("the model found class " + label + ", and there are " + wanted.length
                                                    + " labels, counted from 0");
                }
                if (wanted[label]) {
                    candidates.add(new Candidate(row[0], row[1], row[2], row[3], label, row[4]));
                }
            }
        }
        return candidates;
    }

    private static int labelOf(Output output, int column, float best) {
        int at = Layout.BOX_ROWS * output.columns() + column;
        int label = 0;
        while (output.values().get(at) != best) {
            at += output.columns();
            label++;
        }
        return label;
    }

    private static int indexOfLargest(float[] row, int from) {
        int largest = from;
        for (int i = from + 1; i < row.length; i++) {
            if (row[i] > row[largest]) {
                largest = i;
            }
        }
        return largest;
    }
}
