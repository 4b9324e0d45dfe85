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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.Brightness;
import io.github.camellva.examples.rig.LogFile;
import io.github.camellva.examples.rig.kafka.KafkaBroker;
import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
    /** How long something is away at least; {@code first-hour} makes it ten seconds. */
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("away", 1));
    private static final int MOST_LINES = 100;

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
        startExtension(0);
        String route = route().replace("camera.local/stream", "127.0.0.1:" + startCamera("0") + "/camera0")
                .replace("extension:5001", "127.0.0.1:" + port());
        node = new DefaultCamelContext();
        node.getComponent("kafka", KafkaComponent.class).getConfiguration().setBrokers(broker.bootstrapServers());
        Properties credentials = new Properties();
        credentials.setProperty("camera.user", "admin");
        credentials.setProperty("camera.password", "p@ss:w/rd");
        node.getPropertiesComponent().setInitialProperties(credentials);
        PluginHelper.getRoutesLoader(node).loadRoutes(ResourceHelper.fromString("readme.yaml", route));
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
    void whatTheCameraSeesComesToTheBroker() {
        assertThat(events.get(0)).contains("\"specversion\":\"1.0\"", "entrance", "brightness");
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
        extension.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:" + port + "?encodings=JPG&overflow=skip").routeId("extension")
                        .process(exchange -> exchange.getMessage().setBody(Brightness.of(100)));
            }
        });
        extension.start();
    }

    private int port() {
        return ((LvaGrpcConsumer) extension.getRoute("extension").getConsumer()).getPort();
    }

    /** @return its port */
    private String startCamera(String port) throws IOException {
        camera = new ProcessBuilder(PYTHON, CAMERA.toString(), port, "h264", "640", "360", "25", "admin", "p@ss:w/rd")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        // it prints no more, and is read no further
        return new BufferedReader(new InputStreamReader(camera.getInputStream(), StandardCharsets.UTF_8)).readLine();
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
