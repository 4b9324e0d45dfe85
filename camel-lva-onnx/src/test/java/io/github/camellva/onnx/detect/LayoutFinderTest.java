package io.github.camellva.onnx.detect;

import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LayoutFinderTest {

    @ParameterizedTest
    @CsvSource({
            "1 25200 85,  640,  640, YOLOV5", // YOLOv5, v7
            "1 15120 85,  640,  384, YOLOV5",
            "1 102000 85, 1280, 1280, YOLOV5", // with cells of 64 pixels
            "1 25200 6,   640,  640, YOLOV5", // of one class
            "1 84 8400,   640,  640, YOLOV8", // YOLOv8, v9, 11, 12
            "1 84 33600,  640,  640, ", // cells of no model
            "1 84 34000,  640,  640, YOLOV8", // with cells of 4 pixels
            "1 5 3549,    416,  416, YOLOV8",
            "1 300 6,     640,  640, END_TO_END", // YOLOv10, YOLO26
            "1 100 6,     416,  416, END_TO_END",
            "1 1000,      224,  224, CLASSIFICATION" })
    void shapesTellLayoutsApart(String sides, int width, int height, Layout layout) {
        if (layout == null) {
            assertThatThrownBy(() -> find(null, sides, width, height, Map.of())).hasMessageContaining("not clear");
        } else {
            assertThat(find(null, sides, width, height, Map.of())).isEqualTo(layout);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "1 8400 85", "1 8400 6" })
    void yoloxAndYolov6AreNotTakenForEachOther(String sides) {
        assertThatThrownBy(() -> find(null, sides, 640, 640, Map.of()))
                .hasMessage("its output has the shape " + Arrays.toString(shape(sides)) + ", which YOLOv6 and YOLOX fill with"
                            + " different numbers; say layout=yolov5 for YOLOv6, or layout=yolox");
        assertThat(find(Layout.YOLOX, sides, 640, 640, Map.of())).isEqualTo(Layout.YOLOX);
        assertThat(find(Layout.YOLOV5, sides, 640, 640, Map.of())).isEqualTo(Layout.YOLOV5);
        assertThat(find(null, sides, 640, 640, Map.of("layout", "yolox"))).isEqualTo(Layout.YOLOX);
    }

    @Test
    void metadataOfAnExportSaysThatAnyNumberOfColumnsIsMeant() {
        assertThatThrownBy(() -> find(null, "1 84 100", 640, 640, Map.of())).hasMessageContaining("not clear");
        assertThat(find(null, "1 84 100", 640, 640, Map.of("task", "detect"))).isEqualTo(Layout.YOLOV8);
    }

    @ParameterizedTest
    @ValueSource(strings = { "1 255 13 13", "2 84 8400", "1 84 84", "1 4 8400", "1 300 5", "1 300 84", "8400 6", "1 1", "" })
    void otherShapesAreRefusedWithThoseThatAreAccepted(String sides) {
        assertThatThrownBy(() -> find(null, sides, 640, 640, Map.of()))
                .hasMessageStartingWith("its output has the shape " + Arrays.toString(shape(sides)))
                .hasMessageContaining("set the option layout").hasMessageContaining(Layout.accepted());
    }

    @Test
    void aLayoutThatIsChosenMustFit() {
        assertThatThrownBy(() -> find(Layout.END_TO_END, "1 84 8400", 640, 640, Map.of())).hasMessageStartingWith(
                "its output has the shape [1, 84, 8400], and layout endToEnd is endToEnd: [1, N, 6] end to end");
        assertThatThrownBy(() -> find(null, "1 84 8400", 640, 640, Map.of("layout", "yolo")))
                .hasMessage("its metadata layout is yolo; accepted are [yolov5, yolov8, endToEnd, yolox, classification]");
    }

    private static Layout find(Layout chosen, String sides, int width, int height, Map<String, String> metadata) {
        return LayoutFinder.of(chosen, shape(sides), new Grid(width, height), metadata);
    }

    private static long[] shape(String sides) {
        return Arrays.stream(sides.split(" ")).filter(side -> !side.isEmpty()).mapToLong(Long::parseLong).toArray();
    }
}
