package io.github.camellva.examples.kafka;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.RunningRoutes;
import io.github.camellva.examples.rig.kafka.KafkaBroker;

/** A broker, one of two routes that publish to it, cameras that send it frames, and a consumer that checks what arrives. */
public final class CamerasToKafka extends Example<Summary> {

    private static final String TOPIC = "lva-inferences";
    private static final int PARTITIONS = 3;

    /** Longer than any outage. */
    private static final int RESPONSE_TIMEOUT_MILLIS = 120_000;
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
        Report report = new Report(new Console(out));
        if (settings.brokers().isPresent()) {
            return runRoute(settings.brokers().get(), Optional.empty(), report, stop);
        }
        report.line("starting", "a broker and the route");
        try (KafkaBroker broker = KafkaBroker.start("lva-kafka-")) {
            Optional<Outage> outage = settings.outage().map(time -> new Outage(broker, time, report, stop));
            return runRoute(broker.bootstrapServers(), outage, report, stop);
        }
    }

    private Summary runRoute(String brokers, Optional<Outage> outage, Report report, CountDownLatch stop) throws Exception {
        report.line("broker", brokers + ", topic " + TOPIC);
        try (ResultReader reader = ResultReader.start(brokers, TOPIC, PARTITIONS, report::received);
             RunningRoutes route = RunningRoutes.start(main -> settings.delivery().configure(
                     main, Map.of("kafka.brokers", brokers, "kafka.topic", TOPIC)))) {
            String extension = "lvagrpc:" + route.address("detect");
            report.line("extension", extension + ", " + settings.delivery().routes());
            Cameras cameras = new Cameras(route.context(), settings.cameras(), report, stop);
            report.line("cameras", String.join(", ", cameras.names()) + ": " + settings.frames() + " frames each");
            runCameras(cameras, extension, outage);
            report.awaitRecords(QUIET_SECONDS);
            return report.summarize(settings.delivery(), cameras.counts());
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
}
