package io.github.camellva.onnx;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.onnx.demo.BrightBlobs;
import io.github.camellva.onnx.demo.Frames;
import io.github.camellva.onnx.detect.Layout;
import io.github.camellva.proto.Inference;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@Timeout(60)
class LvaOnnxIT extends CamelTestSupport {

    @TempDir
    Path directory;

    @Test
    @SuppressWarnings("unchecked")
    void aModelFindsWhatIsInAFrame() throws Exception {
        Path model = directory.resolve("blobs.onnx");
        BrightBlobs.graph(160, 160, Layout.YOLOV8).write(model);
            List<Inference> found = template.requestBodyAndHeaders("lvaonnx:" + model,
                    ByteBuffer.wrap(Frames.withRectangle(320, 160, 200, 40, 60, 80)),
                    Map.of(LvaGrpcConstants.ENCODING, "RAW", LvaGrpcConstants.PIXEL_FORMAT, "RGB24",
                            LvaGrpcConstants.WIDTH, 320, LvaGrpcConstants.HEIGHT, 160),
                    List.class);
            assertThat(found).singleElement().satisfies(inference -> {
                assertThat(inference.getEntity().getTag().getValue()).isEqualTo("bright");
                assertThat(inference.getEntity().getBox().getL()).isCloseTo(200 / 320f, within(0.01f));
                assertThat(inference.getEntity().getBox().getT()).isCloseTo(40 / 160f, within(0.015f));
                assertThat(inference.getEntity().getBox().getW()).isCloseTo(60 / 320f, within(0.015f));
                assertThat(inference.getEntity().getBox().getH()).isCloseTo(80 / 160f, within(0.03f));
            });
    }
}
