package io.github.camellva.examples.camera;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.Outcome;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.RunningRoutes;
import io.github.camellva.examples.rig.Sender;
import io.github.camellva.examples.rig.Source;
import io.github.camellva.examples.rig.Tally;
import io.github.camellva.examples.rig.UsageException;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Processor;
import org.apache.camel.main.Main;
import picocli.CommandLine.Option;

/** Sends what a camera sees through a route to an extension, and prints what that found as JSON lines. */
public final class CameraToExtension extends Example<CameraToExtension.Summary> {

    static final int MOST_IN_FLIGHT = 8;

    private static final String PIXEL_FORMATS = "YUV420P|RGB565[BL]E|RGB555[BL]E|RGB24|BGR24|ARGB|RGBA|ABGR|BGRA";
    private static final long FRAMES_OF_TEST_PATTERN = 250;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    /** Held on to, since a logger that nobody refers to forgets its level. */
    private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

    @Option(names = "-Dsource")
    String source;

    @Option(names = "-Dextension", description = "host:port is accepted, for instance -Dextension=localhost:5001")
    @OptionReader.Matching("[^/]+:" + OptionReader.PORT)
    String extension;

    @Option(names = "-Dframes")
    @OptionReader.WholeNumber(example = 60)
    Long frames;

    @Option(names = "-Droute", description = "accepted are yaml and java")
    @OptionReader.Matching("yaml|java")
    String route = "yaml";

    @Option(names = "-Dtransfer", description = "accepted are embedded and sharedMemory")
    @OptionReader.Matching("embedded|sharedMemory")
    String transfer = "embedded";

    @Option(names = "-Dformat", description = "accepted are JPG, PNG, BMP, and the pixel formats of RAW, for instance -Dformat=BGR24")
    @OptionReader.Matching("JPG|PNG|BMP|" + PIXEL_FORMATS)
    String format = "JPG";

    @Option(names = "-Dsize", description = "WIDTHxHEIGHT is accepted, for instance -Dsize=640x360")
    @OptionReader.Matching("[1-9]\\d{0,4}x[1-9]\\d{0,4}")
    String size = "416x416";

    @Option(names = "-Drealtime", arity = "1")
    boolean realtime = true;

    private final PrintStream results;
    private final Console console;

    /** What came of a run; a problem is one with the source. */
    public record Summary(FrameCounts counts, Optional<String> problem) implements Outcome {

        @Override
        public boolean isComplete() {
            return counts.isComplete() && problem.isEmpty();
        }
    }

    /**
     * @param results  JSON lines
     * @param messages for people
     */
    CameraToExtension(PrintStream results, PrintStream messages) {
        this.results = results;
        this.console = new Console(messages);
    }

    public static void main(String[] args) {
        // what it warns of is in the exceptions as well
        GRPC_LOG.setLevel(Level.SEVERE);
        // JSON is UTF-8, whatever the terminal's language
        PrintStream results = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        launch(() -> OptionReader.read(new CameraToExtension(results, System.err), System.getProperties()));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        if (transfer.equals("sharedMemory") && !Files.isDirectory(SHARED_MEMORY)) {
            throw new UsageException(
                    "-Dtransfer=" + transfer + ": there is no " + SHARED_MEMORY + " here; accepted is embedded");
        }
        try (Source opened = source == null ? TestPattern.open() : Sources.open(source);
             RunningRoutes own = extension == null
                     ? RunningRoutes.start(main -> main.configure().addRoutesBuilder(new BrightnessExtension()))
                     : null) {
            console.line("source", opened.description());
            String address = own == null ? extension : own.address(BrightnessExtension.ID);
            console.line("extension", address + (own == null ? "" : ", in this JVM: how bright a frame is"));
            try (RunningRoutes routes = RunningRoutes.start(main -> configure(main, address))) {
                return send(opened, routes, stop);
            }
        }
    }

    private void configure(Main main, String address) {
        main.addOverrideProperty("camera.extension", address);
        main.addOverrideProperty("camera.transfer", transfer);
        boolean raw = format.matches(PIXEL_FORMATS);
        main.addOverrideProperty("camera.encoding", raw ? "RAW" : format);
        main.addOverrideProperty("camera.pixelFormat", raw ? format : "RGB24");
        main.addOverrideProperty("camera.width", size.replaceFirst("x.*", ""));
        main.addOverrideProperty("camera.height", size.replaceFirst(".*x", ""));
        main.bind("jsonLines", (Processor) exchange -> results
                .println(exchange.getMessage().getBody(String.class)));
        if (route.equals("java")) {
            main.configure().addRoutesBuilder(new CameraRoute());
        } else {
            main.configure().withRoutesIncludePattern("classpath:routes/camera.camel.yaml");
        }
    }

    private Summary send(Source opened, RunningRoutes routes, CountDownLatch stop) throws Exception {
        console.line("route", (route.equals("java") ? "CameraRoute" : "routes/camera.camel.yaml") + ", graph instance "
                              + opened.name() + ", " + format + " " + size + ", frames in " + (transfer.equals("embedded") ? "messages" : "shared memory"));
        Tally tally = new Tally();
        Progress progress = new Progress(console, tally);
        try (AsyncProducer camera = routes.context().getEndpoint("direct:camera").createAsyncProducer()) {
            camera.start();
            Optional<String> problem = new Sender(opened, paceOf(opened), MOST_IN_FLIGHT, tally, progress)
                    .run(camera, mostFrames(), stop, console);
            progress.tell("finished");
            console.out().println("answered " + tally.counts().answered() + " of " + tally.counts().sent() + " frames");
            return new Summary(tally.counts(), problem);
        }
    }

    /** Nobody sets the pace of a camera. */
    private Pace paceOf(Source opened) {
        return opened.kind() == Source.Kind.LIVE ? Pace.REALTIME : realtime ? Pace.PLAYBACK : Pace.UNLIMITED;
    }

    long mostFrames() {
        return frames != null ? frames : source == null ? FRAMES_OF_TEST_PATTERN : Long.MAX_VALUE;
    }
}
