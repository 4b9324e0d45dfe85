package io.github.camellva.onnx.demo;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.camellva.onnx.detect.Layout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BrightBlobsTest {

    @ParameterizedTest
    @CsvSource({
            "YOLOV8, ../examples/rig/src/main/resources/models/bright-blobs.onnx",
            "YOLOV5, ../examples/rig/src/main/resources/models/bright-blobs-yolov5.onnx" })
    void theModelsOfTheExamplesAreThoseThatAreWrittenHere(Layout layout, Path ofTheExamples, @TempDir Path directory) throws Exception {
        Path model = directory.resolve("model.onnx");
        BrightBlobs.graph(416, 416, layout).write(model);
        if (System.getProperty("updateModel") != null && !Files.exists(ofTheExamples)) {
            Files.createDirectories(ofTheExamples.getParent());
            Files.copy(model, ofTheExamples);
        }
        assertThat(ofTheExamples).hasSameBinaryContentAs(model);
    }
}
