package io.github.camellva.examples.kafka;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.MotionDetector;
import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A broker, one of two routes that publish to it, cameras that send it frames, and a consumer that checks what arrives. */
public final class CamerasToKafka extends Example<Summary> {

    private static final String TOPIC = "lva-inferences";
    private static final int PARTITIONS = 3;

    /** Longer than any outage. */
    private static final int RESPONSE_TIMEOUT_MILLIS = 120_000;
    /** When the broker is gone, what is in the route is given up after so long. */
    private static final int SHUTDOWN_SECONDS = 5;
    private static final int QUIET_SECONDS = 3;

    private final Settings settings;
    private final PrintStream out;

    public CamerasToKafka(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Settings are system properties: cameras, frames, realtime, delivery, brokers and outage. */
    public static void main(String[] args) {
        launch(() -> new CamerasToKafka(Settings.of(System.getProperties()), System.out));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        Report report = new Report(out);
        if (settings.brokers().isPresent()) {
            return runRoute(settings.brokers().get(), Optional.empty(), report, stop);
        }
        report.line("starting", "a broker and the route");
        try (EmbeddedBroker embedded = EmbeddedBroker.start()) {
            Optional<Outage> outage = settings.outage().map(time -> new Outage(embedded.broker(), time, report, stop));
            return runRoute(embedded.broker().bootstrapServers(), outage, report, stop);
        }
    }

    private Summary runRoute(String brokers, Optional<Outage> outage, Report report, CountDownLatch stop) throws Exception {
        report.line("broker", brokers + ", topic " + TOPIC);
        try (ResultReader reader = ResultReader.start(brokers, TOPIC, PARTITIONS, report::received);
             CamelContext context = new DefaultCamelContext()) {
            String extension = startRoute(context, brokers);
            report.line("extension", extension + ", " + settings.delivery().routes());
            Cameras cameras = new Cameras(context, settings.cameras(), report, stop);
            report.line("cameras", String.join(", ", cameras.names()) + ": " + settings.frames() + " frames each");
            runCameras(cameras, extension, outage);
            report.awaitRecords(QUIET_SECONDS);
            return report.summarize(settings.delivery(), cameras.sent(), cameras.leftOut());
        }
    }

    private void runCameras(Cameras cameras, String extension, Optional<Outage> outage) throws Exception {
        long allFrames = (long) settings.cameras() * settings.frames();
        outage.ifPresent(begins -> begins.beginAfter(Math.max(1, allFrames / 4)));
        try {
            cameras.run(extension + "?responseTimeout=" + RESPONSE_TIMEOUT_MILLIS, settings.frames(), settings.pace());
        } finally {
            if (outage.isPresent()) {
                outage.get().awaitEnd();
            }
        }
    }

    private String startRoute(CamelContext context, String brokers) throws Exception {
        context.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
        context.getRegistry().bind("motionDetector", new MotionDetector());
        context.getPropertiesComponent().addOverrideProperty("extension.host", "127.0.0.1");
        context.getPropertiesComponent().addOverrideProperty("extension.port", "0");
        context.getPropertiesComponent().addOverrideProperty("kafka.brokers", brokers);
        context.getPropertiesComponent().addOverrideProperty("kafka.topic", TOPIC);
        PluginHelper.getRoutesLoader(context).loadRoutes(
                ResourceHelper.resolveMandatoryResource(context, "classpath:" + settings.delivery().routes()));
        context.start();
        return "lvagrpc:127.0.0.1:" + ((LvaGrpcConsumer) context.getRoute("detect").getConsumer()).getPort();
    }
}
