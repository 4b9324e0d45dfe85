package io.github.camellva.onnx;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.LvaGrpcConsumer;
import io.github.camellva.onnx.demo.BrightBlobs;
import io.github.camellva.onnx.demo.Frames;
import io.github.camellva.onnx.detect.Layout;
import io.github.camellva.proto.Inference;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
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
    private static final Path LOG = Path.of("target/test.log");
    private static final int FRAMES_OF_TEN_SECONDS = 250;
    private static final int MOST_LINES = 100;

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

    /** As a Pipe with {@code errorHandler: none} has it. */
    @Test
    void picturesThatCannotBeReadCostFewLinesInAPipeOfSourceAndAction() throws Exception {
        Path model = directory.resolve("blobs.onnx");
        BrightBlobs.graph(160, 160, Layout.YOLOV8).write(model);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("kamelet:lvagrpc-source?host=127.0.0.1&port=0").to("kamelet:lvaonnx-action?model=" + model);
            }
        });
        assertFewLinesForPicturesThatCannotBeRead();
    }

    @ParameterizedTest
    @ValueSource(strings = { "../README.md", "../docs/models.md", "src/main/docs/lvaonnx-component.adoc" })
    void picturesThatCannotBeReadCostTheRouteOfThePageFewLines(String page) throws Exception {
        paste(page);
        assertFewLinesForPicturesThatCannotBeRead();
    }

    @ParameterizedTest
    @ValueSource(strings = { "../README.md", "../docs/models.md", "src/main/docs/lvaonnx-component.adoc" })
    void theRouteOfThePageAnswersANode(String page) throws Exception {
        paste(page);
        List<?> found = template.requestBodyAndHeaders("lvagrpc:127.0.0.1:" + port(), LAMP, HEADERS, List.class);
        assertThat(found).extracting(inference -> ((Inference) inference).getEntity().getTag().getValue()).containsExactly("person");
    }

    private void paste(String page) throws Exception {
        BrightBlobs.graph(160, 160, Layout.YOLOV5).write(directory.resolve("yolo.onnx"));
        Files.writeString(directory.resolve("coco.txt"), "person\ncar\n");
        String route = Pattern.compile("(?:```yaml|\\[source,yaml]\n----)\n((?:.*\n)*?)(?:```|----)").matcher(Files.readString(Path.of(page)))
                .results().map(block -> block.group(1)).filter(block -> block.contains("lvaonnx:")).findFirst().orElseThrow();
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("page.yaml",
                route.replace("models/", directory + "/").replace("0.0.0.0:5001", "127.0.0.1:0")));
    }

    private void assertFewLinesForPicturesThatCannotBeRead() throws Exception {
        int before = logged().size();
        for (int frame = 0; frame < FRAMES_OF_TEN_SECONDS; frame++) {
            Exchange answer = template.send("lvagrpc:127.0.0.1:" + port() + "?encoding=JPG", message -> message.getMessage().setBody(withoutScan()));
            assertThat(answer.getMessage().getHeader(LvaGrpcConstants.OUTCOME)).isEqualTo("notProcessed");
        }
        List<String> all = logged();
        assertThat(all.subList(before, all.size())).hasSizeLessThan(MOST_LINES).anyMatch(line -> line.contains(" WARN  LvaGrpcConsumer "));
    }

    /** The file is there once something was logged. */
    private static List<String> logged() throws IOException {
        return Files.exists(LOG) ? Files.readAllLines(LOG) : List.of();
    }

    private int port() {
        return context.getRoutes().stream().map(Route::getConsumer).filter(LvaGrpcConsumer.class::isInstance)
                .map(consumer -> ((LvaGrpcConsumer) consumer).getPort()).findFirst().orElseThrow();
    }

    /** A JPG with all of its headers, and nothing behind them. */
    private static byte[] withoutScan() throws IOException {
        ByteArrayOutputStream jpg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpg", jpg);
        byte[] bytes = jpg.toByteArray();
        int scan = 2;
        while (bytes[scan] != (byte) 0xff || bytes[scan + 1] != (byte) 0xda) {
            scan++;
        }
        return Arrays.copyOf(bytes, scan);
    }
}
