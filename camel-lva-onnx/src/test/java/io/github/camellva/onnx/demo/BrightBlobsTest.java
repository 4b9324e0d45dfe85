package io.github.camellva.onnx.demo;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.camellva.onnx.detect.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BrightBlobsTest {

    private static final Path OF_THE_EXAMPLES = Path.of("../examples/rig/src/main/resources/models/bright-blobs.onnx");

    @Test
    void theModelOfTheExamplesIsTheOneThatIsWrittenHere(@TempDir Path directory) throws Exception {
        Path model = directory.resolve("bright-blobs.onnx");
        BrightBlobs.graph(416, 416, Layout.YOLOV8).write(model);
        if (System.getProperty("updateModel") != null) {
            Files.createDirectories(OF_THE_EXAMPLES.getParent());
            Files.copy(model, OF_THE_EXAMPLES);
        }
        assertThat(OF_THE_EXAMPLES).hasSameBinaryContentAs(model);
    }
}
