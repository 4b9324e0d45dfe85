package io.github.camellva.examples.onnx.yolo;

import java.util.List;

import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Rectangle;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class DetectionsTest {

    private static final Labels LABELS = new Labels(List.of("person", "car"), "this test");
    private static final Thresholds THRESHOLDS = new Thresholds(0.3f, 0.45f, 3);
    /** A frame of 200 x 100 between bars of 25 rows. */
    private static final Scaling SCALING = new Scaling(100, 100, 0, 25, 100, 50);
    private static final int ROWS = 10;

    @Test
    void boxesAreFractionsOfTheFrameWithoutItsBars() {
        Inference object = objects(OutputLayout.OBJECTNESS, object(50, 50, 20, 10, 0.9f, 1)).get(0);
        assertThat(object.getType()).isEqualTo(InferenceType.ENTITY);
        assertThat(object.getSubtype()).isEqualTo("objectDetection");
        assertThat(object.getEntity().getTag().getValue()).isEqualTo("car");
        assertThat(object.getEntity().getTag().getConfidence()).isEqualTo(0.9f);
        assertBox(object, 0.4, 0.4, 0.2, 0.2);
    }

    @Test
    void boxesEndWhereTheFrameEnds() {
        assertBox(objects(OutputLayout.OBJECTNESS, object(0, 25, 20, 20, 0.9f, 0)).get(0), 0, 0, 0.1, 0.2);
        assertBox(objects(OutputLayout.OBJECTNESS, object(100, 75, 20, 20, 0.9f, 0)).get(0), 0.9, 0.8, 0.1, 0.2);
    }

    @Test
    void whatLiesInTheBarsIsLeftOut() {
        assertThat(objects(OutputLayout.OBJECTNESS, object(50, 10, 20, 20, 0.9f, 0))).isEmpty();
        assertThat(objects(OutputLayout.OBJECTNESS, object(Float.NaN, 50, 20, 20, 0.9f, 0))).isEmpty();
    }

    @Test
    void ofBoxesThatOverlapTheSurestIsKeptForEachClass() {
        assertThat(objects(OutputLayout.OBJECTNESS,
                object(50, 50, 20, 20, 0.7f, 0), object(51, 50, 20, 20, 0.9f, 0), object(52, 50, 20, 20, 0.8f, 1)))
                        .extracting(DetectionsTest::describe).containsExactly("person 0.9", "car 0.8");
    }

    @Test
    void boxesThatOverlapLittleAreBothKept() {
        // 20 wide and 12 apart: 8 of 32 columns are shared
        assertThat(objects(OutputLayout.OBJECTNESS, object(40, 50, 20, 20, 0.7f, 0), object(52, 50, 20, 20, 0.9f, 0)))
                .extracting(DetectionsTest::describe).containsExactly("person 0.9", "person 0.7");
    }

    @Test
    void theThresholdOfOverlapDecides() {
        float[][] objects = { object(40, 50, 20, 20, 0.7f, 0), object(52, 50, 20, 20, 0.9f, 0) };
        assertThat(objects(OutputLayout.OBJECTNESS, new Thresholds(0.3f, 0.24f, 3), objects)).hasSize(1);
        assertThat(objects(OutputLayout.OBJECTNESS, new Thresholds(0.3f, 0.26f, 3), objects)).hasSize(2);
    }

    @Test
    void noMoreThanTheMostAreAnswered() {
        assertThat(objects(OutputLayout.OBJECTNESS,
                object(10, 50, 10, 10, 0.5f, 0), object(30, 50, 10, 10, 0.6f, 0), object(50, 50, 10, 10, 0.7f, 0),
                object(70, 50, 10, 10, 0.8f, 0), object(90, 50, 10, 10, 0.4f, 0)))
                        .extracting(DetectionsTest::describe).containsExactly("person 0.8", "person 0.7", "person 0.6");
    }

    @Test
    void whatAnEndToEndModelPutsOutIsNotSuppressed() {
        assertThat(objects(OutputLayout.END_TO_END,
                new float[] { 40, 40, 60, 60, 0.7f, 0 }, new float[] { 41, 40, 61, 60, 0.9f, 0 }))
                        .extracting(DetectionsTest::describe).containsExactly("person 0.9", "person 0.7");
    }

    @Test
    void aClassWithoutLabelIsAnErrorWithFigures() {
        assertThatThrownBy(() -> objects(OutputLayout.END_TO_END, new float[] { 40, 40, 60, 60, 0.7f, 2 }))
                .hasMessage("the model found class 2, and there are 2 labels in this test, counted from 0");
    }

    @Test
    void numbersThatAreMissingAreAnError() {
        assertThatThrownBy(() -> Detections.of(
                new float[69], new long[] { 1, 10, 7 }, OutputLayout.OBJECTNESS, THRESHOLDS, LABELS, SCALING))
                        .hasMessage("an output of shape [1, 10, 7] came with 69 numbers");
    }

    private static float[] object(float x, float y, float width, float height, float confidence, int label) {
        float[] row = { x, y, width, height, 1, 0, 0 };
        row[5 + label] = confidence;
        return row;
    }

    private static List<Inference> objects(OutputLayout layout, float[]... rows) {
        return objects(layout, THRESHOLDS, rows);
    }

    private static List<Inference> objects(OutputLayout layout, Thresholds thresholds, float[]... rows) {
        int columns = rows[0].length;
        float[] values = new float[ROWS * columns];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, values, row * columns, columns);
        }
        return Detections.of(values, new long[] { 1, ROWS, columns }, layout, thresholds, LABELS, SCALING);
    }

    private static String describe(Inference object) {
        return object.getEntity().getTag().getValue() + " " + object.getEntity().getTag().getConfidence();
    }

    private static void assertBox(Inference object, double left, double top, double width, double height) {
        Rectangle box = object.getEntity().getBox();
        assertThat((double) box.getL()).as("left").isCloseTo(left, within(1e-5));
        assertThat((double) box.getT()).as("top").isCloseTo(top, within(1e-5));
        assertThat((double) box.getW()).as("width").isCloseTo(width, within(1e-5));
        assertThat((double) box.getH()).as("height").isCloseTo(height, within(1e-5));
    }
}
