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
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.kafka.KafkaBroker;
import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The README's routes from a camera by a model to a broker, as they stand; only files and addresses are those of this machine. */
@Timeout(180)
class ReadmeCameraIT {

    private static final Path CAMERA = Path.of("../../camel-lva-video/src/test/resources/rtsp-camera.py");
    private static final Path MODEL = Path.of("../rig/src/main/resources/models/bright-blobs-yolov5.onnx");
    private static final String PYTHON = "/usr/bin/python3";
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path models;

    @Test
    void whatTheModelFindsInThePicturesOfTheCameraComesToTheBroker() throws Exception {
        assumeTrue(isInstalled(), "no RTSP camera: python3-gi and gir1.2-gst-rtsp-server-1.0 are not installed");
        // it films a white ball, which the model takes for its first class
        Process camera = new ProcessBuilder(PYTHON, CAMERA.toString(), "0", "h264", "640", "360", "25", "admin", "p@ss:w/rd")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> events = new CopyOnWriteArrayList<>();
        String brokers = KafkaBroker.shared().bootstrapServers();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(camera.getInputStream(), StandardCharsets.UTF_8));
             CamelContext extension = extension();
             ResultReader reader = ResultReader.start(brokers, "inferences", 1, event -> events.add(event.value()));
             CamelContext node = new DefaultCamelContext()) {
            int port = ((LvaGrpcConsumer) extension.getRoutes().get(0).getConsumer()).getPort();
            node.getComponent("kafka", KafkaComponent.class).getConfiguration().setBrokers(brokers);
            Properties credentials = new Properties();
            credentials.setProperty("camera.user", "admin");
            credentials.setProperty("camera.password", "p@ss:w/rd");
            node.getPropertiesComponent().setInitialProperties(credentials);
            load(node, route("lvavideo:").replace("camera.local/stream", "127.0.0.1:" + output.readLine() + "/camera0")
                    .replace("extension:5001", "127.0.0.1:" + port));
            node.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> events.size() >= 3);
            assertThat(events).allSatisfy(event -> assertThat(event).contains("\"specversion\":\"1.0\"", "entrance", "\"entity\"", "person"));
        } finally {
            camera.destroyForcibly();
        }
    }

    private CamelContext extension() throws Exception {
        Files.copy(MODEL, models.resolve("yolo.onnx"));
        Files.writeString(models.resolve("coco.txt"), "person\ncar\n");
        CamelContext context = new DefaultCamelContext();
        load(context, route("lvaonnx:").replace("models/", models + "/").replace("0.0.0.0:5001", "127.0.0.1:0"));
        context.start();
        return context;
    }

    private static void load(CamelContext context, String route) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("readme.yaml", route));
    }

    /** The first with this in it. */
    private static String route(String scheme) throws IOException {
        return YAML.matcher(Files.readString(Path.of("../../README.md"))).results().map(block -> block.group(1))
                .filter(block -> block.contains(scheme)).findFirst().orElseThrow();
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
