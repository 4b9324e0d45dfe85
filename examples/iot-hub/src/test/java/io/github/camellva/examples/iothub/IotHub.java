package io.github.camellva.examples.iothub;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocketFactory;

import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.MotionDetector;
import io.github.camellva.examples.rig.RunningRoutes;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.examples.iothub.device.ConnectionString;
import io.github.camellva.examples.iothub.device.HubClient;
import io.github.camellva.examples.iothub.device.HubMessages;
import io.github.camellva.examples.iothub.device.HubSettings;
import io.github.camellva.examples.iothub.device.HubTls;
import io.github.camellva.examples.iothub.standin.StandInHub;
import org.apache.camel.main.Main;

/** Cameras, the route, and the connection to an IoT hub; without one of your own, to a stand-in for it in this JVM. */
public final class IotHub extends Example<Summary> {

    static final String ROUTE = "iot-hub";

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    private final Settings settings;
    private final PrintStream out;

    public IotHub(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Settings are system properties, which the README lists. */
    public static void main(String[] args) {
        launch(() -> new IotHub(Settings.of(System.getProperties(), System.getenv()), System.out));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        Report report = new Report(new Console(out));
        if (settings.device().isPresent()) {
            return runRoute(settings.device().get(), hubSettings(settings.port(), settings.tls()), report, stop);
        }
        report.line("starting", "a stand-in for IoT Hub in this JVM; it is not Azure, and nothing leaves this machine");
        try (StandInHub standIn = StandInHub.start("localhost", report)) {
            ConnectionString device = ConnectionString.parse(standIn.registerDevice("camera-gateway"));
            HubTls tls = new HubTls().trusting(standIn.trustedCertificates());
            return runRoute(device, hubSettings(standIn.port(), tls.socketFactory()), report, stop);
        }
    }

    private Summary runRoute(ConnectionString device, HubSettings hub, Report report, CountDownLatch stop) throws Exception {
        report.line("device", device + ", port " + hub.port() + ", QoS " + settings.qos());
        // the route is stopped before its connection is closed
        try (HubClient client = connect(device, hub, report);
             RunningRoutes route = RunningRoutes.start(main -> configure(
                     main, client, new HubMessages(device, settings.output()), new MotionDetector(), settings.qos()))) {
            String extension = "lvagrpc:" + route.address(ROUTE);
            Cameras cameras = new Cameras(route.context(), settings.cameras(), report, stop);
            report.line("extension", extension + ", " + String.join(", ", cameras.names()));
            cameras.run(extension, settings.frames(), settings.pace());
            return report.summarize(cameras, settings.device().isEmpty());
        }
    }

    /** Has camel-main run the route on a port of this machine that is free. */
    static void configure(Main main, HubClient hub, HubMessages messages, Object detector, int qos) {
        main.configure().withRoutesIncludePattern("classpath:routes/iot-hub.camel.yaml");
        main.addOverrideProperty("extension.host", "127.0.0.1");
        main.addOverrideProperty("extension.port", "0");
        main.addOverrideProperty("hub.qos", Integer.toString(qos));
        main.bind("hub", hub);
        main.bind("hubMessages", messages);
        main.bind("detector", detector);
    }

    private HubSettings hubSettings(int port, SSLSocketFactory tls) {
        return new HubSettings(port, tls, settings.tokenLife(), settings.keepAlive(), FIRST_RETRY);
    }

    private static HubClient connect(ConnectionString device, HubSettings hub, Report report) throws UsageException {
        try {
            return HubClient.connect(device, hub, report);
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
