package io.github.camellva.examples.camera;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.github.camellva.examples.rig.Example;
import io.github.camellva.grpc.stream.DataTransfer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** Sends what a camera sees through a route to an extension, and prints what that found as JSON lines. */
public final class CameraToExtension extends Example<Summary> {

    /** Held on to, since a logger that nobody refers to forgets its level. */
    private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

    private final Settings settings;
    private final PrintStream results;
    private final PrintStream messages;

    /**
     * @param results  JSON lines
     * @param messages for people
     */
    public CameraToExtension(Settings settings, PrintStream results, PrintStream messages) {
        this.settings = settings;
        this.results = results;
        this.messages = messages;
    }

    /** Settings are system properties: source, extension, frames, route, transfer and realtime. */
    public static void main(String[] args) {
        // what it warns of is in the exceptions as well
        GRPC_LOG.setLevel(Level.SEVERE);
        // JSON is UTF-8, whatever the terminal's language
        PrintStream results = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        launch(() -> new CameraToExtension(Settings.of(System.getProperties()), results, System.err));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        Report report = new Report(messages);
        try (Source source = settings.openSource()) {
            runRoutes(source, report, stop);
            return report.summarize();
        }
    }

    private void runRoutes(Source source, Report report, CountDownLatch stop) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("jsonLines", new JsonLines(results));
            context.start();
            report.line("source", source.description());
            String extension = extension(context, report);
            context.getPropertiesComponent().addOverrideProperty("camera.extension", extension);
            context.getPropertiesComponent().addOverrideProperty("camera.transfer", settings.transfer().label());
            settings.route().addRoute(context);
            report.line("route", settings.route().where() + ", graph instance " + source.name() + ", frames "
                                 + (settings.transfer() == DataTransfer.EMBEDDED ? "in messages" : "in shared memory"));
            new Sender(context, source, settings.paceOf(source), report, stop).run("direct:camera", settings.frames());
        }
    }

    private String extension(CamelContext context, Report report) throws Exception {
        if (settings.extension().isPresent()) {
            report.line("extension", settings.extension().get());
            return settings.extension().get();
        }
        context.addRoutes(new BrightnessExtension());
        String address = BrightnessExtension.addressIn(context);
        report.line("extension", address + ", in this JVM: how bright a frame is");
        return address;
    }
}
