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
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.examples.iothub.device.ConnectionString;
import io.github.camellva.examples.iothub.device.HubClient;
import io.github.camellva.examples.iothub.device.HubMessages;
import io.github.camellva.examples.iothub.device.HubSettings;
import io.github.camellva.examples.iothub.device.HubTls;
import io.github.camellva.examples.iothub.standin.StandInHub;
import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

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
        try (HubClient client = connect(device, hub, report); CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("hub", client);
            context.getRegistry().bind("hubMessages", new HubMessages(device, settings.output()));
            context.getRegistry().bind("detector", new MotionDetector());
            context.getPropertiesComponent().addOverrideProperty("hub.qos", Integer.toString(settings.qos()));
            addRoute(context);
            context.start();
            int port = ((LvaGrpcConsumer) context.getRoute(ROUTE).getConsumer()).getPort();
            String extension = "lvagrpc:127.0.0.1:" + port;
            Cameras cameras = new Cameras(context, settings.cameras(), report, stop);
            report.line("extension", extension + ", " + String.join(", ", cameras.names()));
            cameras.run(extension, settings.frames(), settings.pace());
            return report.summarize(cameras, settings.device().isEmpty());
        }
    }

    /** The one to copy, on a port that is free. */
    static void addRoute(CamelContext context) throws Exception {
        context.getPropertiesComponent().addOverrideProperty("extension.host", "127.0.0.1");
        context.getPropertiesComponent().addOverrideProperty("extension.port", "0");
        PluginHelper.getRoutesLoader(context).loadRoutes(
                ResourceHelper.resolveMandatoryResource(context, "classpath:routes/iot-hub.camel.yaml"));
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
