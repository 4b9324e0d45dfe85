package io.github.camellva.onnx.detect;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.proto.Attribute;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Rectangle;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

class FindingsTest {

    private static final Labels LABELS = new Labels(List.of("person", "car"), "this test");
    private static final Wanted WANTED = new Wanted(0.3f, 0.45f, 3, Set.of());
    private static final Findings FINDINGS = new Findings(null, Map.of());
    private static final Grid GRID = new Grid(100, 100);
    /** A frame of 200 x 100 between bars of 25 rows. */
    private static final Scaling SCALING = new Scaling(100, 100, 0, 25, 100, 50);
    private static final int ROWS = 10;

    @Test
    void boxesAreFractionsOfTheFrameWithoutItsBars() {
        Inference object = objects(Layout.YOLOV5, object(50, 50, 20, 10, 0.9f, 1)).get(0);
        assertThat(object.getType()).isEqualTo(InferenceType.ENTITY);
        assertThat(object.getSubtype()).isEqualTo("objectDetection");
        assertThat(object.getEntity().getTag().getValue()).isEqualTo("car");
        assertThat(object.getEntity().getTag().getConfidence()).isEqualTo(0.9f);
        assertBox(object, 0.4, 0.4, 0.2, 0.2);
    }

    @Test
    void boxesEndWhereTheFrameEnds() {
        assertBox(objects(Layout.YOLOV5, object(0, 25, 20, 20, 0.9f, 0)).get(0), 0, 0, 0.1, 0.2);
        assertBox(objects(Layout.YOLOV5, object(100, 75, 20, 20, 0.9f, 0)).get(0), 0.9, 0.8, 0.1, 0.2);
    }

    @Test
    void whatLiesInTheBarsIsLeftOut() {
        assertThat(objects(Layout.YOLOV5, object(50, 10, 20, 20, 0.9f, 0))).isEmpty();
        assertThat(objects(Layout.YOLOV5, object(Float.NaN, 50, 20, 20, 0.9f, 0))).isEmpty();
    }

    @Test
    void ofBoxesThatOverlapTheSurestIsKeptForEachClass() {
        assertThat(objects(Layout.YOLOV5,
                object(50, 50, 20, 20, 0.7f, 0), object(51, 50, 20, 20, 0.9f, 0), object(52, 50, 20, 20, 0.8f, 1)))
                        .extracting(FindingsTest::describe).containsExactly("person 0.9", "car 0.8");
    }

    @Test
    void boxesThatOverlapLittleAreBothKept() {
        // 20 wide and 12 apart: 8 of 32 columns are shared
        assertThat(objects(Layout.YOLOV5, object(40, 50, 20, 20, 0.7f, 0), object(52, 50, 20, 20, 0.9f, 0)))
                .extracting(FindingsTest::describe).containsExactly("person 0.9", "person 0.7");
    }

    @Test
    void theThresholdOfOverlapDecides() {
        float[][] objects = { object(40, 50, 20, 20, 0.7f, 0), object(52, 50, 20, 20, 0.9f, 0) };
        assertThat(objects(Layout.YOLOV5, new Wanted(0.3f, 0.24f, 3, Set.of()), objects)).hasSize(1);
        assertThat(objects(Layout.YOLOV5, new Wanted(0.3f, 0.26f, 3, Set.of()), objects)).hasSize(2);
    }

    @Test
    void noMoreThanTheMostAreAnswered() {
        assertThat(objects(Layout.YOLOV5,
                object(10, 50, 10, 10, 0.5f, 0), object(30, 50, 10, 10, 0.6f, 0), object(50, 50, 10, 10, 0.7f, 0),
                object(70, 50, 10, 10, 0.8f, 0), object(90, 50, 10, 10, 0.4f, 0)))
                        .extracting(FindingsTest::describe).containsExactly("person 0.8", "person 0.7", "person 0.6");
    }

    @Test
    void whatAnEndToEndModelPutsOutIsNotSuppressed() {
        assertThat(objects(Layout.END_TO_END,
                new float[] { 40, 40, 60, 60, 0.7f, 0 }, new float[] { 41, 40, 61, 60, 0.9f, 0 }))
                        .extracting(FindingsTest::describe).containsExactly("person 0.9", "person 0.7");
    }

    @Test
    void aClassWithoutLabelIsAnErrorWithFigures() {
        assertThatThrownBy(() -> objects(Layout.END_TO_END, new float[] { 40, 40, 60, 60, 0.7f, 2 }))
                .hasMessage("the model found class 2, and there are 2 labels, counted from 0");
    }

    @Test
    void onlyWantedClassesAreAnswered() {
        assertThat(objects(Layout.YOLOV5, new Wanted(0.3f, 0.45f, 3, Set.of("car")),
                object(20, 50, 10, 10, 0.9f, 0), object(60, 50, 10, 10, 0.8f, 1))).extracting(FindingsTest::describe)
                        .containsExactly("car 0.8");
    }

    @Test
    void subtypeAndAttributesAreThoseOfTheOptions() {
        Findings findings = new Findings("vehicleDetection", Map.of("site", "north"));
        Inference object = findings.of(output(object(50, 50, 20, 10, 0.9f, 1)), Layout.YOLOV5, GRID, WANTED, LABELS, SCALING).get(0);
        assertThat(object.getSubtype()).isEqualTo("vehicleDetection");
        assertThat(object.getEntity().getAttributesList()).extracting(Attribute::getName, Attribute::getValue)
                .containsExactly(tuple("site", "north"));
    }

    @Test
    void scoresOfAClassifierBecomeProbabilities() {
        List<Inference> classes = classes(1, 3);
        assertThat(classes).extracting(Inference::getType).containsOnly(InferenceType.CLASSIFICATION);
        assertThat(classes).extracting(inference -> inference.getClassification().getTag().getValue()).containsExactly("car");
        assertThat(classes.get(0).getClassification().getTag().getConfidence()).isCloseTo(0.8808f, within(1e-4f));
        assertThat(classes(0.4f, 0.6f)).extracting(inference -> inference.getClassification().getTag().getConfidence())
                .containsExactly(0.6f, 0.4f);
    }

    private static float[] object(float x, float y, float width, float height, float confidence, int label) {
        float[] row = { x, y, width, height, 1, 0, 0 };
        row[5 + label] = confidence;
        return row;
    }

    private static List<Inference> objects(Layout layout, float[]... rows) {
        return objects(layout, WANTED, rows);
    }

    private static List<Inference> objects(Layout layout, Wanted wanted, float[]... rows) {
        return FINDINGS.of(output(rows), layout, GRID, wanted, LABELS, SCALING);
    }

    private static List<Inference> classes(float... scores) {
        return FINDINGS.of(new Output(Output.Values.of(FloatBuffer.wrap(scores)), new long[] { 1, scores.length }), Layout.CLASSIFICATION, GRID, WANTED, LABELS, SCALING);
    }

    private static Output output(float[]... rows) {
        int columns = rows[0].length;
        float[] values = new float[ROWS * columns];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, values, row * columns, columns);
        }
        return new Output(Output.Values.of(FloatBuffer.wrap(values)), new long[] { 1, ROWS, columns });
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
