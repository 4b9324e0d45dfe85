package io.github.camellva.examples.quickstart;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.MqttBroker;
import io.github.camellva.grpc.LvaGrpcConsumer;
import io.github.camellva.grpc.stream.DataTransfer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.impl.DefaultCamelContext;

/** A broker, the routes, and a node that sends them frames: all that it takes to see the component at work. */
public final class Quickstart extends Example<Summary> {

    private static final int MIB = 1 << 20;

    private static final Duration DOCUMENTS_TIMEOUT = Duration.ofSeconds(5);

    private final Settings settings;
    private final PrintStream out;

    public Quickstart(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Settings are system properties: frames, video, transfer and realtime. */
    public static void main(String[] args) {
        launch(() -> new Quickstart(Settings.of(System.getProperties()), System.out));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        try (FrameSource source = settings.openSource()) {
            Report report = new Report(out);
            report.line("starting", "a broker and the routes");
            runRoutes(source, report, stop);
            return report.summarize();
        }
    }

    private void runRoutes(FrameSource source, Report report, CountDownLatch stop) throws Exception {
        Path sharedMemoryDirectory = sharedMemoryDirectory();
        try (MqttBroker broker = MqttBroker.start(); CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new QuickstartRoutes(broker.url(), sharedMemoryDirectory, exchange -> report.document(
                    exchange.getMessage().getHeader(PahoMqtt5Constants.MQTT_TOPIC, String.class),
                    exchange.getMessage().getBody(String.class))));
            context.start();
            int port = ((LvaGrpcConsumer) context.getRoute(QuickstartRoutes.EXTENSION).getConsumer()).getPort();
            report.line("broker", broker.url() + ", topic lva/" + source.name() + "/inferences");
            report.line("extension", "lvagrpc:127.0.0.1:" + port);
            report.line("source", source.description());
            runNode(context, source, report, stop, port, sharedMemoryDirectory);
            report.awaitDocuments(DOCUMENTS_TIMEOUT);
        }
    }

    private void runNode(
            CamelContext context, FrameSource source, Report report, CountDownLatch stop, int port, Path sharedMemoryDirectory)
            throws Exception {
        report.line("transfer", settings.transfer() == DataTransfer.EMBEDDED
                ? "embedded in messages"
                : "shared memory in " + sharedMemoryDirectory);
        new Node(source, settings.frames().orElse(Long.MAX_VALUE), settings.pace(), report, stop)
                .run(context, nodeUri(source, port, sharedMemoryDirectory));
    }

    private String nodeUri(FrameSource source, int port, Path sharedMemoryDirectory) {
        long memoryBytes = (long) source.strideBytes() * source.height() * Node.MOST_IN_FLIGHT;
        return "lvagrpc:127.0.0.1:" + port + "?graphInstanceName=RAW(" + source.name() + ")&graphNodeName=motion"
               + "&encoding=RAW&pixelFormat=BGR24&width=" + source.width() + "&height=" + source.height()
               + "&strideBytes=" + source.strideBytes() + "&maxInFlight=" + Node.MOST_IN_FLIGHT
               + "&dataTransfer=" + settings.transfer().label() + "&sharedMemorySizeMiB=" + (memoryBytes / MIB + 1)
               + "&sharedMemoryDirectory=RAW(" + sharedMemoryDirectory + ")";
    }

    private static Path sharedMemoryDirectory() {
        Path memory = Path.of("/dev/shm");
        return Files.isDirectory(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
