package io.github.camellva.grpc;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import org.apache.camel.RoutesBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.encodedDescriptor;
import static org.assertj.core.api.Assertions.assertThat;

/** What the README says is so. */
class ReadmeIT extends LvaGrpcTestSupport {

    @TempDir
    Path directory;

    @Test
    void itBeginsWithTheTwoCommandsThatANewcomerTypes() {
        assertThat(Readme.blocks("sh")).first().asString().contains("-Pquickstart");
        assertThat(Readme.blocks("sh").get(1)).isEqualToIgnoringWhitespace("mvn -B verify");
    }

    @Test
    void theJavaRouteCompilesAndAnswers() throws Exception {
        String java = Readme.blocks("java").get(0).replace("lvagrpc:0.0.0.0:5001", "lvagrpc:127.0.0.1:0");
        try (URLClassLoader compiled = Readme.compile(directory, java)) {
            context.addRoutes((RoutesBuilder) compiled.loadClass("DayOrNight").getDeclaredConstructor().newInstance());
            try (RawNode node = connect(context.getRoutes().get(0).getId())) {
                node.open(encodedDescriptor(Encoding.JPG));
                assertThat(tagOfFrame(node, 200)).isEqualTo("day");
                assertThat(tagOfFrame(node, 10)).isEqualTo("night");
            }
        }
    }

    @Test
    void theInferenceDocumentIsRead() {
        String document = Readme.blocks("json").get(0).strip();
        assertThat(InferenceDocument.parse(document).toJson()).isEqualTo(document);
    }

    @Test
    void theTablesHaveEveryOptionWithItsDefaultAndEveryHeader() throws Exception {
        Map<String, String> written = new TreeMap<>();
        Readme.rows().forEach(row -> {
            for (String name : row.group(1).split(",")) {
                written.put(name.strip().replace("`", ""), row.group(2).strip());
            }
        });
        JsonNode catalog = new ObjectMapper().readTree(Path.of("target/classes/META-INF/io/github/camellva/grpc/lvagrpc.json").toFile());
        catalog.get("properties").properties().stream().filter(option -> option.getValue().get("kind").asText().equals("parameter"))
                .forEach(option -> {
                    assertThat(written).containsKey(option.getKey());
                    // that of Camel's own is not repeated
                    if (option.getValue().hasNonNull("defaultValue") && !option.getKey().equals("bridgeErrorHandler")) {
                        assertThat(written.get(option.getKey())).as(option.getKey())
                                .isEqualTo(option.getValue().get("defaultValue").asText());
                    }
                });
        catalog.get("headers").fieldNames().forEachRemaining(header -> assertThat(written).containsKey(header));
    }

    private static String tagOfFrame(RawNode node, int brightness) throws IOException {
        BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        Arrays.fill(((DataBufferInt) picture.getRaster().getDataBuffer()).getData(), brightness * 0x010101);
        ByteArrayOutputStream jpg = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", jpg);
        return node.send(embedded(1, jpg.toByteArray())).receive().getMediaSample().getInferences(0).getClassification().getTag().getValue();
    }
}
