package io.github.camellva.examples.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.camellva.examples.onnx.demo.BrightBlobs;
import io.github.camellva.examples.onnx.yolo.OutputLayout;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.LvaGrpcConsumer;
import io.github.camellva.proto.Inference;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README and docs/model-servers.md show is what there is. */
@Timeout(60)
class ReadmeIT {

    private static final Path README = Path.of("README.md");
    private static final Path MODEL_SERVERS = Path.of("..", "..", "docs", "model-servers.md");

    @TempDir
    Path models;

    @Test
    @SuppressWarnings("unchecked")
    void theYamlRouteFindsObjects() throws Exception {
        TinyModel.write(BrightBlobs.graph(160, 160, OutputLayout.CLASSES_FIRST), models.resolve("people.onnx"));
        String yaml = block(README, "yaml").replace("\"0\": models", "\"0\": " + models)
                .replace("0.0.0.0", "127.0.0.1").replace("port: 5001", "port: 0");
        ObjectDetector detector;
        try (CamelContext context = new DefaultCamelContext(); ProducerTemplate template = context.createProducerTemplate()) {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("readme.yaml", yaml));
            context.start();
            String configuration = block(README, "json").strip();
            int port = ((LvaGrpcConsumer) context.getRoute("detect").getConsumer()).getPort();
            assertThat((List<Inference>) template.requestBodyAndHeaders(
                    "lvagrpc:127.0.0.1:" + port + "?extensionConfiguration=RAW(" + configuration + ")",
                    ByteBuffer.wrap(Frames.withRectangle(320, 160, 200, 40, 60, 80)),
                    Map.of(LvaGrpcConstants.ENCODING, "RAW", LvaGrpcConstants.PIXEL_FORMAT, "RGB24",
                            LvaGrpcConstants.WIDTH, 320, LvaGrpcConstants.HEIGHT, 160),
                    List.class)).hasSize(1);
            detector = context.getRegistry().lookupByNameAndType("detector", ObjectDetector.class);
        }
        assertThat(detector.isClosed()).as("closed with the context").isTrue();
    }

    @Test
    void thePageShowsTheRouteThatIsTested() throws IOException {
        String source = Files.readString(
                Path.of("src/main/java").resolve(ModelServerRoute.class.getName().replace('.', '/') + ".java"));
        assertThat(source).contains(block(MODEL_SERVERS, "java"));
    }

    private static String block(Path page, String language) throws IOException {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(page)).results().findFirst().orElseThrow().group(1);
    }
}
