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
import io.github.camellva.examples.rig.Example;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** The application, cameras that send it frames, and an operator who asks how it is. */
public final class CamerasToSpringBoot extends Example<Summary> {

    private static final Duration FIRST_ANSWERS_TIMEOUT = Duration.ofSeconds(30);

    private final Settings settings;
    private final Report report;

    public CamerasToSpringBoot(Settings settings, PrintStream out) {
        this.settings = settings;
        this.report = new Report(out);
    }

    /** Settings are system properties: cameras, seconds, realtime, extension.port and server.port. */
    public static void main(String[] args) {
        launch(() -> new CamerasToSpringBoot(Settings.of(System.getProperties()), System.out));
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        report.line("starting", "the application");
        try (RunningApplication application = RunningApplication.start(settings.extensionPort(), settings.serverPort());
             CamelContext nodes = new DefaultCamelContext()) {
            nodes.start();
            report.line("extension", application.extension());
            report.line("actuator", application.actuator().url());
            CountDownLatch enough = new CountDownLatch(1);
            Cameras cameras = new Cameras(nodes, settings.cameras(), report, enough);
            report.line("cameras", String.join(", ", cameras.names()) + " send for " + settings.seconds() + " seconds");
            RouteHealth health = watch(cameras, application, enough, stop);
            List<Metric> metrics = metrics(application.actuator());
            return report.summarize(cameras.sent(), cameras.leftOut(), health, metrics);
        }
    }

    /** Asks for health when each camera has a session, and then ends them. */
    private RouteHealth watch(Cameras cameras, RunningApplication application, CountDownLatch enough, CountDownLatch stop)
            throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> sending = threads.submit(() -> {
                cameras.run(application.extension(), Long.MAX_VALUE, settings.pace());
                return null;
            });
            try {
                return showProgress(cameras, stop) ? null : health(application.actuator());
            } finally {
                enough.countDown();
                sending.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns whether it was stopped before the time was over. */
    private boolean showProgress(Cameras cameras, CountDownLatch stop) throws InterruptedException {
        for (int second = 0; second < settings.seconds(); second++) {
            if (stop.await(1, TimeUnit.SECONDS)) {
                report.line("stopping", "cameras send no more, frames in flight are still answered");
                return true;
            }
            report.progress(cameras.sent());
        }
        report.awaitCameras(settings.cameras(), FIRST_ANSWERS_TIMEOUT);
        return false;
    }

    private RouteHealth health(Actuator actuator) throws IOException, InterruptedException {
        RouteHealth health = actuator.health();
        report.line("health", health);
        return health;
    }

    private List<Metric> metrics(Actuator actuator) throws IOException, InterruptedException {
        List<Metric> metrics = actuator.metrics();
        metrics.stream().filter(Metric::isFrames).forEach(metric -> report.line("metric", metric.line()));
        return metrics;
    }
}
