package io.github.camellva.examples.iothub;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.MotionDetector;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.examples.iothub.device.ConnectionString;
import io.github.camellva.examples.iothub.device.HubClient;
import io.github.camellva.examples.iothub.device.HubException;
import io.github.camellva.examples.iothub.device.HubMessages;
import io.github.camellva.examples.iothub.device.HubSettings;
import io.github.camellva.examples.iothub.device.HubTls;
import io.github.camellva.examples.iothub.standin.StandInHub;
import io.github.camellva.grpc.LvaGrpcConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** Cameras, the route, and the connection to an IoT hub; without one of your own, to a stand-in for it in this JVM. */
public final class IotHub extends Example<Summary> {

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
        Report report = new Report(out);
        if (settings.device().isPresent()) {
            HubSettings hub = hubSettings(new HubSettings(settings.tls())).withPort(settings.port());
            return runRoute(settings.device().get(), hub, report, stop);
        }
        report.line("starting", "a stand-in for IoT Hub in this JVM; it is not Azure, and nothing leaves this machine");
        try (StandInHub standIn = StandInHub.start("localhost", report)) {
            ConnectionString device = ConnectionString.parse(standIn.registerDevice("camera-gateway"));
            HubTls tls = new HubTls().trusting(standIn.trustedCertificates());
            HubSettings hub = hubSettings(new HubSettings(tls.socketFactory())).withPort(standIn.port());
            return runRoute(device, hub, report, stop);
        }
    }

    private Summary runRoute(ConnectionString device, HubSettings hub, Report report, CountDownLatch stop) throws Exception {
        report.line("device", device + ", port " + hub.port() + ", QoS " + settings.qos());
        // the route is stopped before its connection is closed
        try (HubClient client = connect(device, hub, report); CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("hub", client);
            context.getRegistry().bind("hubMessages", new HubMessages(device.identity(), settings.output()));
            context.getRegistry().bind("detector", new MotionDetector());
            context.getPropertiesComponent().addOverrideProperty("extension.address", "127.0.0.1:0");
            context.getPropertiesComponent().addOverrideProperty("hub.qos", Integer.toString(settings.qos()));
            context.addRoutes(new IotHubRoute());
            context.start();
            int port = ((LvaGrpcConsumer) context.getRoute(IotHubRoute.ID).getConsumer()).getPort();
            String extension = "lvagrpc:127.0.0.1:" + port;
            Cameras cameras = new Cameras(context, settings.cameras(), report, stop);
            report.line("extension", extension + ", " + String.join(", ", cameras.names()));
            cameras.run(extension, settings.frames(), settings.pace());
            return report.summarize(cameras, settings.device().isEmpty());
        }
    }

    private HubSettings hubSettings(HubSettings defaults) {
        return defaults.withTokenLife(settings.tokenLife()).withKeepAlive(settings.keepAlive());
    }

    private static HubClient connect(ConnectionString device, HubSettings hub, Report report) throws UsageException {
        try {
            return HubClient.connect(device, hub, report);
        } catch (HubException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
