package io.github.camellva.examples.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.LogFile;
import io.github.camellva.examples.rig.kafka.KafkaBroker;
import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
    /** How long something is away at least; {@code first-hour} makes it ten seconds. */
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("away", 1));
    private static final int MOST_LINES = 100;

    @TempDir
    private Path models;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private KafkaBroker broker;
    private Process camera;
    private CamelContext extension;
    private CamelContext node;
    private ResultReader reader;

    @BeforeEach
    void startTheRoute() throws Exception {
        assumeTrue(isInstalled(), "no RTSP camera: python3-gi and gir1.2-gst-rtsp-server-1.0 are not installed");
        broker = KafkaBroker.shared();
        reader = ResultReader.start(broker.bootstrapServers(), "inferences", 1, event -> events.add(event.value()));
        Files.copy(MODEL, models.resolve("yolo.onnx"));
        Files.writeString(models.resolve("coco.txt"), "person\ncar\n");
        startExtension(0);
        String route = route("lvavideo:").replace("camera.local/stream", "127.0.0.1:" + startCamera("0") + "/camera0")
                .replace("extension:5001", "127.0.0.1:" + port());
        node = new DefaultCamelContext();
        node.getComponent("kafka", KafkaComponent.class).getConfiguration().setBrokers(broker.bootstrapServers());
        Properties credentials = new Properties();
        credentials.setProperty("camera.user", "admin");
        credentials.setProperty("camera.password", "p@ss:w/rd");
        node.getPropertiesComponent().setInitialProperties(credentials);
        load(node, route);
        node.start();
        awaitEvents();
    }

    @AfterEach
    void stopEverything() throws Exception {
        if (camera != null) {
            camera.destroyForcibly();
        }
        for (AutoCloseable part : Arrays.asList(node, extension, reader)) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    void whatTheModelFindsInThePicturesOfTheCameraComesToTheBroker() {
        assertThat(events).allSatisfy(event -> assertThat(event).contains("\"specversion\":\"1.0\"", "entrance", "\"entity\"", "person"));
    }

    @Test
    void anExtensionThatIsAwayCostsFewLines() throws Exception {
        int port = port();
        LogFile log = new LogFile();
        extension.close();
        assertFewLinesWhileAway(log, "connection refused");
        startExtension(port);
        awaitEvents();
    }

    @Test
    void aBrokerThatIsAwayCostsFewLines() throws Exception {
        LogFile log = new LogFile();
        broker.stop();
        try {
            assertFewLinesWhileAway(log, "could not be established");
        } finally {
            broker.restart();
        }
        awaitEvents();
    }

    @Test
    void aCameraThatIsAwayCostsFewLines() throws Exception {
        String port = node.getRoutes().get(0).getEndpoint().getEndpointUri().replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1");
        LogFile log = new LogFile();
        camera.destroyForcibly().waitFor();
        assertFewLinesWhileAway(log, "127.0.0.1:" + port);
        startCamera(port);
        awaitEvents();
    }

    private static void assertFewLinesWhileAway(LogFile log, String cause) throws IOException {
        await().pollDelay(AWAY).atMost(AWAY.plusSeconds(30)).until(() -> log.lines().stream().anyMatch(line -> line.contains(cause)));
        // the reader beside the route is no part of it
        assertThat(log.lines()).filteredOn(line -> !line.contains("[Consumer clientId=")).hasSizeLessThan(MOST_LINES);
    }

    private void awaitEvents() {
        int before = events.size();
        await().atMost(Duration.ofSeconds(60)).until(() -> events.size() >= before + 3);
    }

    private void startExtension(int port) throws Exception {
        extension = new DefaultCamelContext();
        load(extension, route("lvaonnx:").replace("models/", models + "/").replace("0.0.0.0:5001", "127.0.0.1:" + port));
        extension.start();
    }

    private static void load(CamelContext context, String route) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("readme.yaml", route));
    }

    private int port() {
        return ((LvaGrpcConsumer) extension.getRoutes().get(0).getConsumer()).getPort();
    }

    /**
     * It films a white ball, which the model takes for its first class.
     *
     * @return its port
     */
    private String startCamera(String port) throws IOException {
        camera = new ProcessBuilder(PYTHON, CAMERA.toString(), port, "h264", "640", "360", "25", "admin", "p@ss:w/rd")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        // it prints no more, and is read no further
        return new BufferedReader(new InputStreamReader(camera.getInputStream(), StandardCharsets.UTF_8)).readLine();
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
