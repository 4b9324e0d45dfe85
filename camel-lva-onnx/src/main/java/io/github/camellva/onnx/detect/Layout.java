package io.github.camellva.onnx.detect;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** How models arrange what they find, and what pictures they were trained with. */
public enum Layout {

    /** A row for each candidate: centre, size, whether it is an object at all, and how well each class fits. */
    YOLOV5("yolov5", "[1, N, 5 + classes] with objectness, as YOLOv5, v6 and v7", Letterbox.Fit.PAD) {

        @Override
        boolean fits(long[] shape) {
            return isBatchOfOne(shape, 3) && shape[2] > OBJECTNESS_COLUMNS;
        }

        @Override
        public OptionalInt classes(long[] shape) {
            return OptionalInt.of((int) shape[2] - OBJECTNESS_COLUMNS);
        }

        @Override
        List<Candidate> candidates(Output output, Grid grid, float confidence, boolean[] wanted) {
            return Boxes.withObjectness(output, Boxes.Decoding.NONE, confidence, wanted);
        }
    },

    /** A column for each candidate: centre, size, and how well each class fits. */
    YOLOV8("yolov8", "[1, 4 + classes, N], as YOLOv8, v9, 11 and 12", Letterbox.Fit.PAD) {

        @Override
        boolean fits(long[] shape) {
            return isBatchOfOne(shape, 3) && shape[1] > BOX_ROWS;
        }

        @Override
        public OptionalInt classes(long[] shape) {
            return OptionalInt.of((int) shape[1] - BOX_ROWS);
        }

        @Override
        List<Candidate> candidates(Output output, Grid grid, float confidence, boolean[] wanted) {
            return Boxes.inColumns(output, confidence, wanted);
        }
    },

    /** A row for each object: two corners, confidence and class; the model itself leaves out what overlaps. */
    END_TO_END("endToEnd", "[1, N, 6] end to end, as YOLOv10, YOLO26 and exports with nms=True", Letterbox.Fit.PAD) {

        @Override
        boolean fits(long[] shape) {
            return isBatchOfOne(shape, 3) && shape[2] == END_TO_END_COLUMNS;
        }

        @Override
        public OptionalInt classes(long[] shape) {
            return OptionalInt.empty();
        }

        @Override
        List<Candidate> candidates(Output output, Grid grid, float confidence, boolean[] wanted) {
            return Boxes.endToEnd(output, confidence, wanted);
        }

        @Override
        List<Candidate> objects(List<Candidate> candidates, Wanted wanted) {
            return Suppression.surest(candidates, wanted);
        }
    },

    /** Rows as those of YOLOv5, but centres and sizes are relative to the cells of the model's grids. */
    YOLOX("yolox", "[1, N, 5 + classes] relative to a grid, as YOLOX", Letterbox.Fit.PAD_END) {

        @Override
        boolean fits(long[] shape) {
            return YOLOV5.fits(shape);
        }

        @Override
        public OptionalInt classes(long[] shape) {
            return YOLOV5.classes(shape);
        }

        @Override
        List<Candidate> candidates(Output output, Grid grid, float confidence, boolean[] wanted) {
            return Boxes.withObjectness(output, Boxes.Decoding.of(grid, output.rows()), confidence, wanted);
        }
    },

    /** How well each class fits the whole picture. */
    CLASSIFICATION("classification", "[1, classes], as classification models", Letterbox.Fit.CROP) {

        @Override
        boolean fits(long[] shape) {
            return isBatchOfOne(shape, 2) && shape[1] > 1;
        }

        @Override
        public OptionalInt classes(long[] shape) {
            return OptionalInt.of((int) shape[1]);
        }

        @Override
        List<Candidate> candidates(Output output, Grid grid, float confidence, boolean[] wanted) {
            throw new IllegalStateException("classes of a picture have no boxes");
        }
    };

    static final int BOX_ROWS = 4;
    static final int OBJECTNESS_COLUMNS = 5;
    static final int END_TO_END_COLUMNS = 6;

    private final String option;
    private final String description;
    private final Letterbox.Fit fit;

    Layout(String option, String description, Letterbox.Fit fit) {
        this.option = option;
        this.description = description;
        this.fit = fit;
    }

    /** The value of the option. */
    public String option() {
        return option;
    }

    /** For people: the shape of the output, and models that have it. */
    public String description() {
        return description;
    }

    /** How pictures are placed in the model's input. */
    public Letterbox.Fit fit() {
        return fit;
    }

    /** The layouts, for people. */
    public static String accepted() {
        return Arrays.stream(values()).map(Layout::toString).collect(Collectors.joining("; "));
    }

    /** Whether an output may be of this layout. */
    abstract boolean fits(long[] shape);

    /** How many classes a model has; empty when its output does not tell. */
    public abstract OptionalInt classes(long[] shape);

    /** All that the model takes for an object of a wanted class, surely enough. */
    abstract List<Candidate> candidates(Output output, Grid grid, float confidence, boolean[] wanted);

    /** Each object once, the surest first. */
    List<Candidate> objects(List<Candidate> candidates, Wanted wanted) {
        return Suppression.suppress(candidates, wanted);
    }

    @Override
    public String toString() {
        return option + ": " + description;
    }

    private static boolean isBatchOfOne(long[] shape, int dimensions) {
        return shape.length == dimensions && shape[0] == 1;
    }
}
