package io.github.camellva.examples.camera;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.github.camellva.grpc.stream.DataTransfer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** Sends what a camera sees through a route to an extension, and prints what that found as JSON lines. */
public final class CameraToExtension {

    private static final int ALL_ANSWERED = 0;
    private static final int NOT_ALL_ANSWERED = 1;
    private static final int NOT_STARTED = 2;

    /** Held on to, since a logger that nobody refers to forgets its level. */
    private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final Settings settings;
    private final PrintStream results;
    private final PrintStream messages;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

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
        // ends Maven, too, when that runs it: its own last words would follow the summary, and hide what went wrong
        System.exit(status());
    }

    private static int status() {
        // what it warns of is in the exceptions as well
        GRPC_LOG.setLevel(Level.SEVERE);
        // JSON is UTF-8, whatever the terminal's language
        PrintStream results = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try {
            CameraToExtension camera = new CameraToExtension(Settings.of(System.getProperties()), results, System.err);
            Runtime.getRuntime().addShutdownHook(new Thread(camera::stop, "Ctrl-C"));
            return camera.run().isComplete() ? ALL_ANSWERED : NOT_ALL_ANSWERED;
        } catch (UsageException e) {
            System.err.println(e.getMessage());
        } catch (Exception e) {
            e.printStackTrace();
        }
        return NOT_STARTED;
    }

    /** Returns when all frames are sent and answered, or after {@link #stop}. */
    public Summary run() throws Exception {
        Report report = new Report(messages);
        try (Source source = settings.openSource()) {
            runRoutes(source, report);
            return report.summarize();
        } finally {
            stopped.countDown();
        }
    }

    /** Sends no more frames, and waits until those under way are answered and all has ended. */
    public void stop() {
        stopping.countDown();
        try {
            stopped.await(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runRoutes(Source source, Report report) throws Exception {
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
            new Sender(context, source, settings.paceOf(source), report, stopping).run("direct:camera", settings.frames());
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
