package io.github.camellva.examples.quarkus;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.Options;
import io.github.camellva.examples.rig.Outcome;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.StandInModel;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.proto.Inference;
import org.apache.camel.impl.DefaultCamelContext;

/** Runs the application, as it was built, and has cameras send it frames. A model server stands in for a real one. */
public final class CamerasToQuarkus extends Example<CamerasToQuarkus.Summary> {

    private static final int CAMERAS = 2;
    private static final int MOST_FRAMES = 1_000_000;
    private static final String USERNAME = "node";
    private static final String PASSWORD = "secret";

    private final Path jar;
    private final PrintStream out;
    private final int frames;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /**
     * Frames of all cameras.
     *
     * @param found  in which the model found something; of those that came while it was busy nothing is known
     * @param failed that got no answer
     */
    public record Summary(long answered, long found, long failed) implements Outcome {

        @Override
        public boolean isComplete() {
            return found > 0 && failed == 0;
        }
    }

    /** @param jar of the application */
    CamerasToQuarkus(Options options, Path jar, PrintStream out) throws UsageException {
        this.jar = jar;
        this.out = out;
        this.frames = options.number("frames", 100, MOST_FRAMES);
    }

    public static void main(String[] arguments) {
        launch(() -> new CamerasToQuarkus(
                new Options(System.getProperties()), Application.jarIn(Path.of(System.getProperty("build.directory"))), System.out));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        try (StandInModel model = new StandInModel()) {
            line("model", model.url());
            line("starting", "java -jar " + jar);
            try (Application application = Application.start(jar, Map.of(
                    "MODEL_URL", model.url(), "NODE_USERNAME", USERNAME, "NODE_PASSWORD", PASSWORD), out::println)) {
                application.onExit().thenRun(stop::countDown);
                sendFrames(application.extensionPort("extension"), stop);
                line("health", application.health().replaceAll("\\s+", " "));
            }
        }
        out.println();
        out.println("answered " + answered + " frames, found something in " + found);
        return new Summary(answered.get(), found.get(), failed.get());
    }

    private void sendFrames(int port, CountDownLatch stop) throws Exception {
        line("cameras", CAMERAS + " to lvagrpc:127.0.0.1:" + port + ", " + frames + " frames each, 25 per second");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            new Cameras(context, CAMERAS, new Answers(), stop).run(
                    "lvagrpc:127.0.0.1:" + port + "?encoding=JPG&username=" + USERNAME + "&password=" + PASSWORD, frames,
                    Pace.REALTIME);
        }
    }

    private synchronized void line(String about, String text) {
        out.printf("%-10s %s%n", about, text);
    }

    private final class Answers implements CameraListener {

        @Override
        public void answered(CameraFrame frame, List<Inference> inferences) {
            answered.incrementAndGet();
            if (!inferences.isEmpty()) {
                found.incrementAndGet();
            }
            line(frame.camera(), "frame " + frame.number() + ": " + inferences.stream()
                    .map(inference -> inference.getEntity().getTag().getValue()).toList());
        }

        @Override
        public void failed(CameraFrame frame, String why) {
            failed.incrementAndGet();
            line(frame.camera(), "frame " + frame.number() + ": " + why);
        }
    }
}
