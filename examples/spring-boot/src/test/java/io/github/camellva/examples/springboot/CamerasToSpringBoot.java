package io.github.camellva.examples.springboot;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.Pace;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.Option;

/** The application, cameras that send it frames, and an operator who asks how it is. */
public final class CamerasToSpringBoot extends Example<Summary> {

    private static final Duration FIRST_ANSWERS_TIMEOUT = Duration.ofSeconds(30);

    /** At most as many sessions as the detector remembers. */
    @Option(names = "-Dcameras")
    @OptionReader.WholeNumber(to = 16, example = 3)
    int cameras = 3;

    @Option(names = "-Dseconds")
    @OptionReader.WholeNumber(to = 86_400, example = 5)
    int seconds = 5;

    @Option(names = "-Drealtime", arity = "1")
    boolean realtime = true;

    /** 0 is any that is free. */
    @Option(names = "-Dextension.port")
    @OptionReader.WholeNumber(to = 65_535, example = 5001)
    int extensionPort;

    @Option(names = "-Dserver.port")
    @OptionReader.WholeNumber(to = 65_535, example = 8080)
    int serverPort;

    private final Console console;
    private final FirstAnswers answers;

    CamerasToSpringBoot(PrintStream out) {
        this.console = new Console(out);
        this.answers = new FirstAnswers(console);
    }

    public static void main(String[] args) {
        launch(() -> OptionReader.read(new CamerasToSpringBoot(System.out), System.getProperties()));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        console.line("starting", "the application");
        try (RunningApplication application = RunningApplication.start(extensionPort, serverPort);
             CamelContext nodes = new DefaultCamelContext()) {
            nodes.start();
            console.line("extension", application.extension());
            console.line("actuator", application.actuator().url());
            CountDownLatch enough = new CountDownLatch(1);
            Cameras sending = new Cameras(nodes, cameras, answers, enough);
            console.line("cameras", String.join(", ", sending.names()) + " send for " + seconds + " seconds");
            RouteHealth health = watch(sending, application, enough, stop);
            Summary summary = new Summary(sending.counts(), framesInMetrics(application.actuator()), health);
            console.summary(summary.lines());
            return summary;
        }
    }

    /** Asks for health when each camera has a session, and then ends them. */
    private RouteHealth watch(Cameras sending, RunningApplication application, CountDownLatch enough, CountDownLatch stop)
            throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> running = thread.submit(() -> {
                sending.run(application.extension(), Long.MAX_VALUE, realtime ? Pace.REALTIME : Pace.UNLIMITED);
                return null;
            });
            try {
                return showProgress(sending, stop) ? null : health(application.actuator());
            } finally {
                enough.countDown();
                running.get();
            }
        } finally {
            thread.shutdownNow();
        }
    }

    /** Returns whether it was stopped before the time was over. */
    private boolean showProgress(Cameras sending, CountDownLatch stop) throws InterruptedException {
        for (int second = 0; second < seconds; second++) {
            if (stop.await(1, TimeUnit.SECONDS)) {
                console.line("stopping", "cameras send no more, frames in flight are still answered");
                return true;
            }
            console.line("progress", sending.counts().answered() + " of " + sending.sent() + " frames answered");
        }
        answers.awaitCameras(cameras, FIRST_ANSWERS_TIMEOUT);
        return false;
    }

    private RouteHealth health(Actuator actuator) throws IOException, InterruptedException {
        RouteHealth health = actuator.health();
        console.line("health", health);
        return health;
    }

    /** Of those that were answered. */
    private long framesInMetrics(Actuator actuator) throws IOException, InterruptedException {
        List<Metric> frames = actuator.metrics().stream().filter(Metric::isFrames).toList();
        frames.forEach(metric -> console.line("metric", metric.line()));
        return (long) frames.stream().filter(metric -> metric.hasLabel("outcome", "answered")).mapToDouble(Metric::value).sum();
    }
}
