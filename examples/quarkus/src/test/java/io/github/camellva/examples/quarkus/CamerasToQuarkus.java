package io.github.camellva.examples.quarkus;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.Outcome;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.StandInModel;
import io.github.camellva.proto.Inference;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.Option;

/** Runs the application, as it was built, and has cameras send it frames. A model server stands in for a real one. */
public final class CamerasToQuarkus extends Example<CamerasToQuarkus.Summary> {

    private static final int CAMERAS = 2;
    private static final String USERNAME = "node";
    private static final String PASSWORD = "secret";

    @Option(names = "-Dframes")
    @OptionReader.WholeNumber(to = 1_000_000, example = 100)
    int frames = 100;

    private final Path jar;
    private final Console console;
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    /**
     * What came of a run.
     *
     * @param counts   frames of all cameras; some are not processed, since the route skips those that come while the model is busy
     * @param found    frames in which the model found something
     * @param failures of the route, as far as the application has logged them
     */
    public record Summary(FrameCounts counts, long found, long failures) implements Outcome {

        @Override
        public boolean isComplete() {
            return found > 0 && counts.failed() == 0 && failures == 0;
        }
    }

    /** @param jar of the application */
    CamerasToQuarkus(Path jar, PrintStream out) {
        this.jar = jar;
        this.console = new Console(out);
    }

    public static void main(String[] arguments) {
        launch(() -> OptionReader.read(
                new CamerasToQuarkus(Application.jarIn(Path.of(System.getProperty("build.directory"))), System.out),
                System.getProperties()));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        FrameCounts counts;
        try (StandInModel model = new StandInModel()) {
            console.line("model", model.url());
            console.line("starting", "java -jar " + jar);
            try (Application application = Application.start(jar, Map.of(
                    "MODEL_URL", model.url(), "NODE_USERNAME", USERNAME, "NODE_PASSWORD", PASSWORD), this::print)) {
                application.onExit().thenRun(stop::countDown);
                counts = sendFrames(application.extensionPort("extension"), stop);
                console.line("health", application.health().replaceAll("\\s+", " "));
            }
        }
        List<String> lines = new ArrayList<>();
        if (counts.notProcessed() + counts.failed() > 0) {
            lines.add(counts.notProcessed() + " frames were not processed, " + counts.failed() + " failed");
        }
        if (failures.get() > 0) {
            lines.add("the route failed, as the lines above say");
        }
        lines.add("answered " + counts.answered() + " frames, found something in " + found);
        console.summary(lines);
        return new Summary(counts, found.get(), failures.get());
    }

    private void print(String line) {
        console.out().println(line);
        if (line.contains("failed for sample")) {
            failures.incrementAndGet();
        }
    }

    private FrameCounts sendFrames(int port, CountDownLatch stop) throws Exception {
        console.line("cameras", CAMERAS + " to lvagrpc:127.0.0.1:" + port + ", " + frames + " frames each, 25 per second");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            Cameras cameras = new Cameras(context, CAMERAS, new Answers(), stop);
            cameras.run("lvagrpc:127.0.0.1:" + port + "?encoding=JPG&username=" + USERNAME + "&password=" + PASSWORD, frames,
                    Pace.REALTIME);
            return cameras.counts();
        }
    }

    private final class Answers implements CameraListener {

        @Override
        public void answered(CameraFrame frame, List<Inference> inferences) {
            if (!inferences.isEmpty()) {
                found.incrementAndGet();
            }
            console.line(frame.camera(), "frame " + frame.number() + ": " + inferences.stream()
                    .map(inference -> inference.getEntity().getTag().getValue()).toList());
        }

        @Override
        public void failed(CameraFrame frame, String why) {
            console.line(frame.camera(), "frame " + frame.number() + ": " + why);
        }

        @Override
        public void notProcessed(CameraFrame frame) {
            console.line(frame.camera(), "frame " + frame.number() + ": not processed");
        }
    }
}
