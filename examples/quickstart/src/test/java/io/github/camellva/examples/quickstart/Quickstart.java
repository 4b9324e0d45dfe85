package io.github.camellva.examples.quickstart;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import io.github.camellva.examples.camera.Sources;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.MqttBroker;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.RunningRoutes;
import io.github.camellva.examples.rig.Scene;
import io.github.camellva.examples.rig.SceneSource;
import io.github.camellva.examples.rig.Sender;
import io.github.camellva.examples.rig.Source;
import io.github.camellva.examples.rig.UsageException;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Processor;
import org.apache.camel.main.Main;
import picocli.CommandLine.Option;

/** A broker, the routes, and a node that sends them frames: all that it takes to see the component at work. */
public final class Quickstart extends Example<Summary> {

    static final long FRAMES_OF_SCENE = 250;

    private static final int MOST_IN_FLIGHT = 4;
    private static final int MIB = 1 << 20;

    @Option(names = "-Dframes")
    @OptionReader.WholeNumber(example = 60)
    Long frames;

    @Option(names = "-Dvideo", description = "a video file is accepted")
    Path video;

    @Option(names = "-Dtransfer", description = "accepted are embedded and sharedMemory")
    @OptionReader.Matching("embedded|sharedMemory")
    String transfer = "embedded";

    @Option(names = "-Drealtime", arity = "1")
    boolean realtime = true;

    private final Report report;
    private final Console console;
    private final Scene scene = new Scene();
    private final Path memory = Path.of(
            Files.isDirectory(Path.of("/dev/shm")) ? "/dev/shm" : System.getProperty("java.io.tmpdir"));

    Quickstart(PrintStream out) {
        report = new Report(out, frame -> video == null ? Optional.of(scene.objectsAt(frame - 1)) : Optional.empty());
        console = report.console();
    }

    public static void main(String[] args) {
        launch(() -> OptionReader.read(new Quickstart(System.out), System.getProperties()));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        try (Source source = openSource()) {
            console.line("starting", "a broker and the routes");
            try (MqttBroker broker = MqttBroker.start();
                 RunningRoutes routes = RunningRoutes.start(main -> configure(main, broker.url()))) {
                console.line("broker", broker.url() + ", topic lva/" + source.name() + "/inferences");
                console.line("extension", "lvagrpc:" + routes.address("extension"));
                console.line("source", source.description());
                console.line(
                        "transfer", transfer.equals("embedded") ? "embedded in messages" : "shared memory in " + memory);
                Optional<String> problem = send(source, routes, stop);
                report.awaitDocuments();
                return report.summarize(problem);
            }
        }
    }

    private Source openSource() throws UsageException {
        if (video == null) {
            return new SceneSource("quickstart", 0, frames == null ? FRAMES_OF_SCENE : frames);
        } else if (Files.isRegularFile(video)) {
            return Sources.video("-Dvideo", video);
        }
        throw new UsageException("-Dvideo=" + video + ": " + (Files.exists(video)
                ? video.toAbsolutePath() + " is a directory; a video file is accepted"
                : "there is no file " + video.toAbsolutePath()));
    }

    private void configure(Main main, String broker) {
        main.configure().withRoutesIncludePattern("classpath:routes/quickstart.camel.yaml");
        main.addOverrideProperty("broker", broker);
        main.addOverrideProperty("extension.host", "127.0.0.1");
        // any that is free
        main.addOverrideProperty("extension.port", "0");
        main.addOverrideProperty("shared.memory", memory.toString());
        main.bind("subscriber", (Processor) report::document);
    }

    /** Sends frames as a video pipeline does, by a producer of {@code lvagrpc:}. */
    private Optional<String> send(Source source, RunningRoutes routes, CountDownLatch stop) throws Exception {
        String uri = "lvagrpc:" + routes.address("extension") + "?graphNodeName=motion&encoding=RAW&pixelFormat=BGR24"
                     + "&maxInFlight=" + MOST_IN_FLIGHT + "&dataTransfer=" + transfer
                     + "&sharedMemorySizeMiB=" + (source.frameBytes() * MOST_IN_FLIGHT / MIB + 1)
                     + "&sharedMemoryDirectory=RAW(" + memory + ")";
        try (AsyncProducer extension = routes.context().getEndpoint(uri).createAsyncProducer()) {
            extension.start();
            return new Sender(source, realtime ? Pace.PLAYBACK : Pace.UNLIMITED, MOST_IN_FLIGHT, report.tally(), report)
                    .run(extension, frames == null ? Long.MAX_VALUE : frames, stop, console);
        }
    }
}
