package io.github.camellva.examples.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.Brightness;
import io.github.camellva.examples.rig.kafka.KafkaBroker;
import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The README's route from a camera by an extension to a broker, as it stands; only the addresses are those of this machine. */
@Timeout(180)
class ReadmeCameraIT {

    private static final Path CAMERA = Path.of("../../camel-lva-video/src/test/resources/rtsp-camera.py");
    private static final String PYTHON = "/usr/bin/python3";
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void whatTheCameraSeesComesToTheBroker() throws Exception {
        assumeTrue(isInstalled(), "no RTSP camera: python3-gi and gir1.2-gst-rtsp-server-1.0 are not installed");
        Process camera = new ProcessBuilder(PYTHON, CAMERA.toString(), "0", "h264", "640", "360", "25", "admin", "p@ss:w/rd")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> events = new CopyOnWriteArrayList<>();
        String brokers = KafkaBroker.shared().bootstrapServers();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(camera.getInputStream(), StandardCharsets.UTF_8));
             CamelContext extension = extension();
             ResultReader reader = ResultReader.start(brokers, "inferences", 1, event -> events.add(event.value()));
             CamelContext node = new DefaultCamelContext()) {
            int port = ((LvaGrpcConsumer) extension.getRoute("extension").getConsumer()).getPort();
            String route = route().replace("camera.local/stream", "127.0.0.1:" + output.readLine() + "/camera0")
                    .replace("extension:5001", "127.0.0.1:" + port);
            node.getComponent("kafka", KafkaComponent.class).getConfiguration().setBrokers(brokers);
            Properties credentials = new Properties();
            credentials.setProperty("camera.user", "admin");
            credentials.setProperty("camera.password", "p@ss:w/rd");
            node.getPropertiesComponent().setInitialProperties(credentials);
            PluginHelper.getRoutesLoader(node).loadRoutes(ResourceHelper.fromString("readme.yaml", route));
            node.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> events.size() >= 3);
            assertThat(events.get(0)).contains("\"specversion\":\"1.0\"", "entrance", "brightness");
        } finally {
            camera.destroyForcibly();
        }
    }

    private static CamelContext extension() throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:0?encodings=JPG&overflow=skip").routeId("extension")
                        .process(exchange -> exchange.getMessage().setBody(Brightness.of(100)));
            }
        });
        context.start();
        return context;
    }

    private static String route() throws IOException {
        Matcher blocks = YAML.matcher(Files.readString(Path.of("../../README.md")));
        return blocks.results().map(block -> block.group(1)).filter(block -> block.contains("lvavideo:")).findFirst().orElseThrow();
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import gi; gi.require_version('GstRtspServer', '1.0')")
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
