package io.github.camellva.grpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camellva.grpc.inference.InferenceDocument;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The Kamelets in the jar, found on the class path and used by routes. */
class YamlKameletsIT extends LvaGrpcTestSupport {

    private static final Path KAMELETS = Path.of("target/classes/kamelets");
    private static final int FRAMES_OF_TEN_SECONDS = 250;

    @Test
    void framesOfTheSourceAreAnsweredByTheRoute() throws Exception {
        addRoute("kamelet:lvagrpc-source?port=0&host=127.0.0.1&pixelFormats=BGR24");
        try (RawNode node = RawNode.connect(sourcePort())) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            assertThat(tags(node.receive())).containsExactly("car");
        }
    }

    @Test
    void aModelServerThatIsTheSinkOfTheSourceIsToldTheLengthOfThePicture() throws Exception {
        try (HttpModel model = new HttpModel()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("kamelet:lvagrpc-source?port=0&host=127.0.0.1").to("http://localhost:" + model.port() + "/score");
                }
            });
            try (RawNode node = RawNode.connect(sourcePort())) {
                node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
                assertThat(tags(node.receive())).containsExactly("car");
            }
        }
    }

    /** As the Pipe of examples/camel-k has it: {@code errorHandler: none}. */
    @Test
    void aModelThatFailsAsTheSinkOfTheSourceCostsFewLinesAndItsFramesAreAcknowledgedAlone() throws Exception {
        // other tests may log meanwhile
        try (LoggedLines log = LoggedLines.record(entry -> entry.contains("[Camel (" + context.getName() + ") "))) {
            int modelPort = portOfAModelThatIsOff();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("kamelet:lvagrpc-source?port=0&host=127.0.0.1").to("http://localhost:" + modelPort + "/score");
                }
            });
            try (RawNode node = RawNode.connect(sourcePort())) {
                node.open(rawDescriptor());
                for (int frame = 1; frame <= FRAMES_OF_TEN_SECONDS; frame++) {
                    node.send(embedded(frame, pixels(FRAME_BYTES, frame)));
                    assertThat(node.receive().hasMediaSample()).isFalse();
                }
            }
            assertThat(log.lines()).hasSizeLessThan(100).anyMatch(line -> line.contains("Connection refused"));
        }
    }

    @Test
    void theActionSendsPicturesAndMakesADocumentOfWhatWasFound() throws Exception {
        assumeThatTheActionIsRead();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION + "?username=me&password=secret").routeId("extension")
                        .filter(header(LvaGrpcConstants.TIMESTAMP).isEqualTo(1))
                        .setBody(exchange -> entity("car"));
            }
        });
        String action = "kamelet:lvagrpc-action?host=127.0.0.1&port=" + port("extension")
                        + "&graphInstanceName=camera-1&width=4&height=2&username=me&password=RAW(secret)";
        String document = template.requestBodyAndHeader(
                action, pixels(FRAME_BYTES, 1), LvaGrpcConstants.TIMESTAMP, 1L, String.class);
        assertThat(document).isEqualTo(new InferenceDocument(1, List.of(entity("car"))).toJson());
        assertThat(template.requestBodyAndHeader(action, pixels(FRAME_BYTES, 1), LvaGrpcConstants.TIMESTAMP, 2L)).isNull();
    }

    @Test
    void aValueThatIsNotAcceptedIsNamedWithWhatIs() {
        assertThatThrownBy(() -> addRoute("kamelet:lvagrpc-source?port=0&overflow=drop"))
                .hasStackTraceContaining("overflow").hasStackTraceContaining("drop").hasStackTraceContaining("block, skip");
    }

    @ParameterizedTest
    @ValueSource(strings = { "maxInFlight", "max-in-flight", "MAX_IN_FLIGHT", "MAX-IN-FLIGHT" })
    void aParameterIsKnownInEverySpellingThatCamelHasForIt(String spelling) throws Exception {
        addRoute("kamelet:lvagrpc-source?port=0&host=127.0.0.1&" + spelling + "=2");
        assertThat(sourcePort()).isPositive();
    }

    @Test
    void aParameterThatTheSourceDoesNotHaveIsNamedWithThoseThatItHas() {
        assertThatThrownBy(() -> addRoute("kamelet:lvagrpc-source?prot=0"))
                .hasStackTraceContaining("kamelet:lvagrpc-source has no parameter prot; it has encodings, extensionIdentifier, ");
    }

    @Test
    void aParameterThatTheActionDoesNotHaveIsNamedWithThoseThatItHas() {
        assumeThatTheActionIsRead();
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:pictures").to("kamelet:lvagrpc-action?host=127.0.0.1&answerTimeout=5");
            }
        })).hasStackTraceContaining("kamelet:lvagrpc-action has no parameter answerTimeout; it has dataTransfer, ");
    }

    @Test
    void aParameterThatIsMissingIsNamed() {
        assumeThatTheActionIsRead();
        assertThatThrownBy(() -> template.sendBody("kamelet:lvagrpc-action?port=5001", pixels(FRAME_BYTES, 1)))
                .hasStackTraceContaining("mandatory parameters must be provided: host");
    }

    @ParameterizedTest
    @ValueSource(strings = { "lvagrpc-source", "lvagrpc-action" })
    void everyParameterIsDescribedUsedAndHasTheDefaultOfItsOption(String name) throws Exception {
        JsonNode options = new ObjectMapper()
                .readTree(Path.of("target/classes/META-INF/io/github/camellva/grpc/lvagrpc.json").toFile()).get("properties");
        String yaml = Files.readString(KAMELETS.resolve(name + ".kamelet.yaml"));
        Map<String, String> defaults = new TreeMap<>();
        Pattern.compile("^      (\\w+):\\n        title: .+\\n        description: \".+\"\\n        type: \\w+\\n(?:        default: (.+)\\n)?",
                Pattern.MULTILINE).matcher(yaml).results()
                .forEach(found -> defaults.put(found.group(1), found.group(2) == null ? "" : found.group(2).replace("\"", "")));
        List<String> used = Pattern.compile("(\\w+): \"\\{\\{\\??\\1}}\"").matcher(yaml).results()
                .map(found -> found.group(1)).toList();
        assertThat(defaults.keySet()).isNotEmpty().containsExactlyInAnyOrderElementsOf(used);
        defaults.forEach((parameter, byDefault) -> {
            assertThat(options.has(parameter)).as(parameter).isTrue();
            // what has no default here leaves the option its own
            if (!byDefault.isEmpty() && options.get(parameter).hasNonNull("defaultValue")) {
                assertThat(byDefault).as(parameter).isEqualTo(options.get(parameter).get("defaultValue").asText());
            }
        });
        Pattern.compile("^      (\\w+):\\n        title: .+\\n        description: \"(.+)\"$", Pattern.MULTILINE).matcher(yaml).results()
                // a Kamelet has one direction
                .filter(described -> !List.of("host", "port").contains(described.group(1)))
                .forEach(described -> assertThat(described.group(2)).as(described.group(1))
                        .isEqualTo(options.get(described.group(1)).get("description").asText()));
        assertThat(yaml).contains("mvn:io.github.camellva:camel-lva-grpc:" + version()).doesNotContain("${");
    }

    private void addRoute(String from) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).setBody(exchange -> entity("car"));
            }
        });
    }

    private static int portOfAModelThatIsOff() throws Exception {
        try (HttpModel model = new HttpModel()) {
            return model.port();
        }
    }

    private int sourcePort() {
        return context.getRoutes().stream().map(Route::getConsumer).filter(LvaGrpcConsumer.class::isInstance)
                .map(consumer -> ((LvaGrpcConsumer) consumer).getPort()).findFirst().orElseThrow();
    }

    private static void assumeThatTheActionIsRead() {
        assumeTrue(Readme.hasTransformDataType(), "the Kamelet's last step has another name in Camel 4.14");
    }

    private String version() throws IOException {
        Properties component = new Properties();
        component.load(getClass().getResourceAsStream("/META-INF/services/org/apache/camel/component.properties"));
        return component.getProperty("version");
    }
}
