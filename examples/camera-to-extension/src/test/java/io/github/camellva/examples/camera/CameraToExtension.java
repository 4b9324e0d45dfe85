package io.github.camellva.examples.camera;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.Outcome;
import io.github.camellva.examples.rig.RouteFrames;
import io.github.camellva.examples.rig.RunningRoutes;
import io.github.camellva.examples.rig.Tally;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.video.LvaVideoConsumer;
import org.apache.camel.Processor;
import org.apache.camel.main.Main;
import picocli.CommandLine.Option;

/** Sends what a camera sees through a route to an extension, and prints what that found as JSON lines. */
public final class CameraToExtension extends Example<CameraToExtension.Summary> {

    private static final String TEST_PATTERN = "lavfi:testsrc2=size=640x360:rate=25";
    private static final long POLL_MILLIS = 100;

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
        try (RunningRoutes own = extension == null
                ? RunningRoutes.start(main -> main.configure().addRoutesBuilder(new BrightnessExtension()))
                : null) {
            String address = own == null ? extension : own.address(BrightnessExtension.ID);
            Tally tally = new Tally();
            Progress progress = new Progress(console, tally);
            RouteFrames frames = new RouteFrames("camera", tally, progress);
            try (RunningRoutes routes = start(main -> configure(main, address, frames))) {
                LvaVideoConsumer camera = (LvaVideoConsumer) routes.context().getRoute("camera").getConsumer();
                describe(camera, address, own != null);
                awaitEnd(camera, frames, stop, tally);
                routes.close();
                tally.leftOut(camera.getFramesSkipped());
                progress.tell("finished");
                FrameCounts counts = tally.counts();
                console.out().println("answered " + counts.answered() + " of " + counts.sent() + " frames");
                return new Summary(counts, Optional.ofNullable(camera.getLastError()).filter(error -> stop.getCount() > 0));
            }
        }
    }

    /** What is no source is the user's mistake. */
    private RunningRoutes start(Consumer<Main> configuration) throws Exception {
        try {
            return RunningRoutes.start(configuration);
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (String.valueOf(cause.getMessage()).startsWith("lvavideo: ")) {
                throw new UsageException("-Dsource=" + source + ": " + cause.getMessage().substring("lvavideo: ".length()));
            }
            throw e;
        }
    }

    private void describe(LvaVideoConsumer camera, String address, boolean isOwn) {
        String stream = camera.getStream().isEmpty() ? camera.getSourceState() : camera.getStream();
        console.line("source", (source == null ? "FFmpeg's test pattern" : camera.getSource()) + ", " + stream);
        console.line("extension", address + (isOwn ? ", in this JVM: how bright a frame is" : ""));
        console.line("route", (route.equals("java") ? "CameraRoute" : "routes/camera.camel.yaml") + ", graph instance " + name() + ", "
                              + format + " " + size + ", frames in " + (transfer.equals("embedded") ? "messages" : "shared memory"));
    }

    private void awaitEnd(LvaVideoConsumer camera, RouteFrames frames, CountDownLatch stop, Tally tally) throws Exception {
        while (!frames.stopped().await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (stop.getCount() == 0) {
                camera.suspend();
                console.line("stopping", "waiting for answers, " + tally.counts().inFlight() + " frames are in flight");
                return;
            }
        }
    }

    private void configure(Main main, String to, RouteFrames frames) {
        main.bind("frames", frames);
        String[] address = source == null ? new String[] { TEST_PATTERN } : source.split("[?]", source.contains("://") ? 2 : 1);
        main.addOverrideProperty("camera.source", address[0]);
        if (address.length == 2) {
            // a question mark would begin the options of the endpoint
            main.addOverrideProperty("camera.query", address[1]);
        }
        main.addOverrideProperty("camera.name", name());
        main.addOverrideProperty("camera.realtime", Boolean.toString(realtime));
        main.addOverrideProperty("camera.frames", Long.toString(mostFrames()));
        main.addOverrideProperty("camera.extension", to);
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

    private String name() {
        return source == null ? "test-pattern" : source.contains("://") ? Names.of(source) : Names.of(Path.of(source));
    }

    /** 0 for all. */
    long mostFrames() {
        return frames != null ? frames : source == null ? FRAMES_OF_TEST_PATTERN : 0;
    }
}
