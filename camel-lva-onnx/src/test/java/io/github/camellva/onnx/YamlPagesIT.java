package io.github.camellva.onnx;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.LvaGrpcConsumer;
import io.github.camellva.onnx.demo.BrightBlobs;
import io.github.camellva.onnx.demo.Frames;
import io.github.camellva.onnx.detect.Layout;
import io.github.camellva.proto.Inference;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** The Kamelet in the jar, and the routes of the pages, as they stand there. */
class YamlPagesIT extends CamelTestSupport {

    private static final Path KAMELET = Path.of("target/classes/kamelets/lvaonnx-action.kamelet.yaml");
    private static final Path JSON = Path.of("target/classes/META-INF/io/github/camellva/onnx/lvaonnx.json");

    private static final ByteBuffer LAMP = ByteBuffer.wrap(Frames.withRectangle(320, 160, 200, 40, 60, 80)).asReadOnlyBuffer();
    private static final Map<String, Object> HEADERS = Map.of(LvaGrpcConstants.ENCODING, "RAW", LvaGrpcConstants.PIXEL_FORMAT, "RGB24",
            LvaGrpcConstants.WIDTH, 320, LvaGrpcConstants.HEIGHT, 160);

    @TempDir
    Path directory;

    @Test
    void theActionMakesInferencesOfAFrame() throws Exception {
        Path model = directory.resolve("blobs.onnx");
        BrightBlobs.graph(160, 160, Layout.YOLOV8).write(model);
        List<?> found = template.requestBodyAndHeaders(
                "kamelet:lvaonnx-action?model=" + model + "&classes=bright", LAMP, HEADERS, List.class);
        assertThat(found).hasSize(1);
    }

    @Test
    void itsParametersAreDescribedAsTheOptionsAre() throws Exception {
        JsonNode options = new ObjectMapper().readTree(JSON.toFile()).get("properties");
        JsonNode kamelet = new ObjectMapper().valueToTree(
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(KAMELET)));
        assertThat(kamelet.at("/spec/definition/properties").properties()).hasSizeGreaterThan(10).allSatisfy(parameter -> {
            JsonNode option = options.get(parameter.getKey());
            assertThat(parameter.getValue().get("description")).isEqualTo(option.get("description"));
            assertThat(parameter.getValue().path("default").asText()).isEqualTo(option.path("defaultValue").asText());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "../README.md", "../docs/models.md", "src/main/docs/lvaonnx-component.adoc" })
    void theRouteOfThePageAnswersANode(String page) throws Exception {
        BrightBlobs.graph(160, 160, Layout.YOLOV5).write(directory.resolve("yolo.onnx"));
        Files.writeString(directory.resolve("coco.txt"), "person\ncar\n");
        String route = Pattern.compile("(?:```yaml|\\[source,yaml]\n----)\n((?:.*\n)*?)(?:```|----)").matcher(Files.readString(Path.of(page)))
                .results().map(block -> block.group(1)).filter(block -> block.contains("lvaonnx:")).findFirst().orElseThrow();
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("page.yaml",
                route.replace("models/", directory + "/").replace("0.0.0.0:5001", "127.0.0.1:0")));
        int port = ((LvaGrpcConsumer) context.getRoutes().get(0).getConsumer()).getPort();
        List<?> found = template.requestBodyAndHeaders("lvagrpc:127.0.0.1:" + port, LAMP, HEADERS, List.class);
        assertThat(found).extracting(inference -> ((Inference) inference).getEntity().getTag().getValue()).containsExactly("person");
    }
}
