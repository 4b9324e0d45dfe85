package io.github.camellva.examples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.MqttBroker;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.RouteFrames;
import io.github.camellva.examples.rig.RunningRoutes;
import io.github.camellva.examples.rig.Scene;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.video.LvaVideoConsumer;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.Main;
import picocli.CommandLine.Option;

/** A broker, the routes, and a node that sends them frames: all that it takes to see the component at work. */
public final class Quickstart extends Example<Summary> {

    static final long FRAMES_OF_SCENE = 250;

    private static final long POLL_MILLIS = 50;
    private static final String SCENE = "quickstart";

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

    @Option(names = "-Dview", arity = "1")
    boolean view = true;

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
        requireVideo();
        console.line("starting", "a broker and the routes");
        try (MqttBroker broker = MqttBroker.start();
             RunningRoutes routes = RunningRoutes.start(main -> configure(main, broker.url()))) {
            String extension = routes.address("extension");
            console.line("broker", broker.url() + ", topic lva/" + camera() + "/inferences");
            console.line("extension", "lvagrpc:" + extension);
            if (view) {
                console.line("live view", LiveViewServer.page(routes.context()));
            }
            Optional<String> problem = send(extension, stop);
            report.awaitDocuments();
            return report.summarize(problem);
        }
    }

    private void requireVideo() throws UsageException {
        if (video != null && !Files.isRegularFile(video)) {
            throw new UsageException("-Dvideo=" + video + ": " + (Files.exists(video)
                    ? video.toAbsolutePath() + " is a directory; a video file is accepted"
                    : "there is no file " + video.toAbsolutePath()));
        }
    }

    /** A file's name without its extension, as part of a topic. */
    private String camera() {
        return video == null
                ? SCENE : video.getFileName().toString().replaceFirst("(.)\\.[^.]*$", "$1").replaceAll("[^A-Za-z0-9._-]+", "-");
    }

    private void configure(Main main, String broker) {
        main.configure().withRoutesIncludePattern("classpath:routes/quickstart.camel.yaml");
        if (view) {
            LiveViewServer.configure(main, "classpath:routes/live-view.camel.yaml");
        }
        main.addOverrideProperty("broker", broker);
        main.addOverrideProperty("extension.host", "127.0.0.1");
        // any that is free
        main.addOverrideProperty("extension.port", "0");
        main.addOverrideProperty("shared.memory", memory.toString());
        main.bind("subscriber", (Processor) report::document);
    }

    /** By the route of a node, which takes them from the file, or from filters of FFmpeg that draw the scene. */
    private Optional<String> send(String extension, CountDownLatch stop) throws Exception {
        RouteFrames sent = new RouteFrames("node", report.tally(), report);
        try (RunningRoutes node = RunningRoutes.start(main -> configureNode(main, extension, sent))) {
            LvaVideoConsumer source = (LvaVideoConsumer) node.context().getRoute("node").getConsumer();
            console.line("source", video == null ? sceneDescription() : source.getSource() + ", " + source.getStream());
            console.line("transfer", transfer.equals("embedded") ? "embedded in messages" : "shared memory in " + memory);
            while (!sent.stopped().await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (stop.getCount() == 0) {
                    source.suspend();
                    console.line("stopping", "waiting for answers, " + report.tally().counts().inFlight() + " frames are in flight");
                    break;
                }
            }
            node.close();
            return Optional.ofNullable(source.getLastError());
        } catch (RuntimeCamelException e) {
            throw noSource(e);
        }
    }

    private void configureNode(Main main, String extension, RouteFrames sent) {
        main.configure().withRoutesIncludePattern("classpath:routes/node.camel.yaml");
        main.addOverrideProperty("video", video == null ? scene() : video.toString());
        main.addOverrideProperty("camera", camera());
        main.addOverrideProperty("realtime", Boolean.toString(realtime));
        main.addOverrideProperty("frames", Long.toString(mostFrames()));
        main.addOverrideProperty("extension", extension);
        main.addOverrideProperty("transfer", transfer);
        main.addOverrideProperty("shared.memory", memory.toString());
        main.bind("sent", sent);
    }

    /** 0 for all of a video. */
    private long mostFrames() {
        return frames != null ? frames : video == null ? FRAMES_OF_SCENE : 0;
    }

    private String sceneDescription() {
        return "built-in scene, " + mostFrames() + " frames of " + Scene.WIDTH + "x" + Scene.HEIGHT + ", " + Scene.FRAMES_PER_SECOND
               + " per second: three chequered objects move to and fro";
    }

    /** What draws the scene, as a source of {@code lvavideo:}. */
    private static String scene() {
        try (InputStream filters = Quickstart.class.getResourceAsStream("/routes/scene.lavfi")) {
            return "lavfi:" + new String(filters.readAllBytes(), StandardCharsets.UTF_8).lines().map(String::strip).collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UsageException noSource(RuntimeCamelException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new UsageException(video == null
                ? "the built-in scene cannot be drawn: " + cause.getMessage()
                : "-Dvideo=" + video + ": it cannot be read as a video: " + cause.getMessage()
                  + "; accepted are files such as .mp4, .mkv and .ts");
    }
}
