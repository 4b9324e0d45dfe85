package io.github.camellva.examples.onnx.yolo;

import java.util.Arrays;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.examples.onnx.yolo.OutputLayout.CLASSES_FIRST;
import static io.github.camellva.examples.onnx.yolo.OutputLayout.END_TO_END;
import static io.github.camellva.examples.onnx.yolo.OutputLayout.OBJECTNESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OutputLayoutTest {

    @ParameterizedTest
    @CsvSource({
            "25200,    85, 640,  640, OBJECTNESS,    80", // YOLOv5, v7
            "8400,     85, 640,  640, OBJECTNESS,    80", // YOLOv6
            "15120,    85, 640,  384, OBJECTNESS,    80",
            "102000,   85, 1280, 1280, OBJECTNESS,   80", // YOLOv5 with grids of 64 pixels
            "84,     8400, 640,  640, CLASSES_FIRST, 80", // YOLOv8, v9, 11, 12
            "5,      3549, 416,  416, CLASSES_FIRST, 1",
            "300,       6, 640,  640, END_TO_END,    ", // YOLOv10, YOLO26
            "100,       6, 416,  416, END_TO_END,    " })
    void shapesTellLayoutsApart(long rows, long columns, int width, int height, OutputLayout layout, Integer classes) {
        long[] shape = { 1, rows, columns };
        assertThat(OutputLayout.of(shape, width, height)).isEqualTo(layout);
        assertThat(layout.classes(shape)).isEqualTo(classes == null ? OptionalInt.empty() : OptionalInt.of(classes));
    }

    @ParameterizedTest
    @CsvSource({ "640, 640, 25200", "640, 640, 8400", "640, 384, 15120", "1280, 1280, 102000", "416, 416, 10647" })
    void aModelOfOneClassWithARowForEachCellIsNotTakenForAnEndToEndOne(int width, int height, long rows) {
        assertThat(OutputLayout.of(new long[] { 1, rows, 6 }, width, height)).isEqualTo(OBJECTNESS);
    }

    @ParameterizedTest
    @ValueSource(strings = { "1 255 13 13", "1 1000", "2 84 8400", "1 84 84", "1 4 8400", "1 300 5", "8400 6", "" })
    void otherShapesAreRefusedWithThoseThatAreAccepted(String sides) {
        long[] shape = Arrays.stream(sides.split(" ")).filter(side -> !side.isEmpty()).mapToLong(Long::parseLong).toArray();
        assertThatThrownBy(() -> OutputLayout.of(shape, 640, 640)).hasMessage(
                "the output's shape is " + Arrays.toString(shape) + "; accepted are " + OBJECTNESS + "; " + CLASSES_FIRST + "; "
                                                                             + END_TO_END);
    }

    @Test
    void confidenceWithObjectnessIsTheProductOfBoth() {
        float[] values = new float[7 * 100];
        System.arraycopy(new float[] { 20, 30, 10, 20, 0.8f, 0.1f, 0.5f }, 0, values, 7 * 3, 7);
        assertThat(OBJECTNESS.candidates(values, 100, 7, 0.3f))
                .containsExactly(new Candidate(15, 20, 25, 40, 1, 0.4f));
        assertThat(OBJECTNESS.candidates(values, 100, 7, 0.41f)).isEmpty();
    }

    @Test
    void theBestClassOfAColumnCounts() {
        float[] values = new float[7 * 100];
        float[] column = { 20, 30, 10, 20, 0.2f, 0.7f, 0.6f };
        for (int row = 0; row < column.length; row++) {
            values[row * 100 + 42] = column[row];
        }
        assertThat(CLASSES_FIRST.candidates(values, 7, 100, 0.5f))
                .containsExactly(new Candidate(15, 20, 25, 40, 1, 0.7f));
        assertThat(CLASSES_FIRST.candidates(values, 7, 100, 0.71f)).isEmpty();
    }

    @Test
    void cornersAreTakenAsTheyAre() {
        float[] values = new float[6 * 100];
        System.arraycopy(new float[] { 15, 20, 25, 40, 0.7f, 3 }, 0, values, 0, 6);
        assertThat(END_TO_END.candidates(values, 100, 6, 0.5f)).containsExactly(new Candidate(15, 20, 25, 40, 3, 0.7f));
    }

    @Test
    void whatIsNoNumberIsNoCandidate() {
        float[] values = new float[7 * 100];
        Arrays.fill(values, Float.NaN);
        assertThat(OBJECTNESS.candidates(values, 100, 7, 0.1f)).isEmpty();
        assertThat(CLASSES_FIRST.candidates(values, 7, 100, 0.1f)).isEmpty();
    }
}
