package io.github.camellva.video;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThatCode;
import static org.awaitility.Awaitility.await;

/** The Kamelet in the jar, found on the class path. */
class YamlKameletIT {

    private static final Path KAMELET = Path.of("target/classes/kamelets/lvavideo-source.kamelet.yaml");
    private static final Path LOG = Path.of("target/test.log");
    private static final int FRAMES_OF_TEN_SECONDS = 250;
    private static final int MOST_LINES = 100;

    @Test
    void framesComeOutOfIt() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("kamelet:lvavideo-source?source=RAW(lavfi:testsrc2=size=64x48:duration=1)&maxFrames=5").to("mock:result");
                }
            });
            MockEndpoint result = context.getEndpoint("mock:result", MockEndpoint.class);
            result.expectedMessageCount(5);
            context.start();
            result.assertIsSatisfied();
        }
    }

    /** As a Pipe with {@code errorHandler: none} has it: a camera, the action that sends its frames, and an extension that is away. */
    @Test
    void anExtensionThatIsAwayCostsFewLinesInAPipeOfSourceAndAction() throws Exception {
        assumeThatCode(() -> Class.forName("org.apache.camel.model.TransformDataTypeDefinition"))
                .as("the action's last step has another name in Camel 4.14").doesNotThrowAnyException();
        int before = logged().size();
        int nobody = freePort();
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("kamelet:lvavideo-source?source=RAW(lavfi:testsrc2=size=64x48:rate=25)&maxFrames=" + FRAMES_OF_TEN_SECONDS)
                            .routeId("pipe").to("kamelet:lvagrpc-action?encoding=JPG&host=127.0.0.1&port=" + nobody).to("mock:result");
                }
            });
            context.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> logged().stream().skip(before).anyMatch(line -> line.contains("frames completed")));
            assertThat(context.getEndpoint("mock:result", MockEndpoint.class).getReceivedCounter()).isZero();
        }
        assertThat(logged()).satisfies(all -> assertThat(all.subList(before, all.size()))
                .hasSizeLessThan(MOST_LINES).anyMatch(line -> line.contains("connection refused")));
    }

    /** The file is there once something was logged. */
    private static List<String> logged() throws IOException {
        return Files.exists(LOG) ? Files.readAllLines(LOG) : List.of();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void itsParametersAreOptionsOfTheComponent() throws Exception {
        JsonObject options = (JsonObject) ((JsonObject) Jsoner.deserialize(
                Files.readString(Path.of("target/classes/META-INF/io/github/camellva/video/lvavideo.json")))).get("properties");
        Map<String, Map<String, Map<String, Map<String, Object>>>> kamelet
                = (Map<String, Map<String, Map<String, Map<String, Object>>>>) new Load(LoadSettings.builder().build())
                        .loadFromString(Files.readString(KAMELET));
        Map<String, Object> parameters = kamelet.get("spec").get("definition").get("properties");
        Map<String, List<Object>> described = new HashMap<>();
        parameters.forEach((name, parameter) -> described.put(
                name, Arrays.asList(((Map<String, Object>) parameter).get("description"), ((Map<String, Object>) parameter).get("enum"))));
        assertThat(described).allSatisfy((name, parameter) -> {
            JsonObject option = (JsonObject) options.get(name);
            assertThat(parameter.get(0)).isEqualTo(option.get("description"));
            assertThat(parameter.get(1)).isEqualTo(option.get("enum"));
        });
    }
}
