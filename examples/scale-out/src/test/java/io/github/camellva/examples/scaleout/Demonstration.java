package io.github.camellva.examples.scaleout;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.examples.rig.kafka.KafkaBroker;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * What the example's command runs: cameras, gateways, Kafka and workers on this machine, and one of the workers is killed while
 * cameras send. With a role, {@link ScaleOut} alone.
 */
public final class Demonstration extends Example<Summary> {

    /** Of the workers, with frames to look at; they are silent longest while those of a dead one are given away. */
    private static final Duration MOST_SILENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 50;
    /** Of each camera. */
    private static final long RESULTS_BEFORE_KILL = 10;

    private final Settings settings;
    private final Console console;
    private final Ledger ledger;

    private Demonstration(Settings settings, Console console) {
        this.settings = settings;
        this.console = console;
        this.ledger = new Ledger(console, settings.answer());
    }

    /** Settings are system properties; {@code role} says what this process is to be. */
    public static void main(String[] args) {
        launch(() -> of(System.getProperties(), System.out));
    }

    static Example<?> of(Properties options, PrintStream out) throws UsageException {
        return switch (options.getProperty("role", "all")) {
            case "all" -> new Demonstration(Settings.of(options), new Console(out));
            case "gateway", "worker" -> ScaleOut.of(options, out);
            default -> throw new UsageException(
                    "-Drole=" + options.getProperty("role") + ": accepted are all, gateway, worker");
        };
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        console.line("starting", "a Kafka broker, " + settings.gateways() + " gateways and " + settings.workers() + " workers");
        try (KafkaBroker broker = KafkaBroker.start("scale-out-")) {
            runCluster(broker.bootstrapServers(), broker.directory(), stop);
        }
        Summary summary = ledger.summary();
        console.summary(summary.lines());
        return summary;
    }

    private void runCluster(String brokers, Path directory, CountDownLatch stop) throws Exception {
        console.line("broker", brokers + ", topics " + Topics.FRAMES + " and " + Topics.RESULTS + " with "
                               + settings.partitions() + " partitions");
        Topics topics = new Topics(brokers);
        topics.ensureFrames(settings.partitions());
        topics.ensureResults(settings.partitions());
        try (Cluster cluster = new Cluster(directory, console)) {
            for (int number = 1; number <= settings.gateways(); number++) {
                cluster.startGateway("gateway-" + number, brokers, settings.ofMembers());
            }
            for (int number = 1; number <= settings.workers(); number++) {
                cluster.startWorker("worker-" + number, brokers, settings.ofMembers());
            }
            List<String> gateways = cluster.awaitRunning(stop);
            String shares = new Group(brokers).awaitShared(settings.workers(), settings.partitions(), stop);
            if (stop.getCount() > 0) {
                console.line("workers", shares + " partitions");
                runCameras(gateways, cluster, brokers, stop);
            }
        }
    }

    private void runCameras(List<String> gateways, Cluster cluster, String brokers, CountDownLatch stop) throws Exception {
        try (ResultsReader results = ResultsReader.start(brokers, ledger); CamelContext context = new DefaultCamelContext()) {
            context.start();
            ExecutorService threads = context.getExecutorServiceManager().newFixedThreadPool(this, "Cameras", gateways.size());
            List<Future<?>> running = new ArrayList<>();
            for (int gateway = 0; gateway < gateways.size(); gateway++) {
                Cameras cameras = new Cameras(context, camerasAt(gateway), ledger, stop);
                String uri = gateways.get(gateway) + "?encoding=JPG";
                console.line("cameras", String.join(", ", cameras.names()) + " at " + gateways.get(gateway));
                running.add(threads.submit(() -> {
                    cameras.run(uri, settings.frames(), settings.pace());
                    return null;
                }));
            }
            if (settings.killWorker() && areUnderWay(running, stop)) {
                killWorker(cluster);
            }
            for (Future<?> cameras : running) {
                awaitEnd(cameras);
            }
            if (ledger.withoutResult() > 0) {
                console.line("waiting", "for the results of " + ledger.withoutResult() + " frames");
                ledger.awaitResults(MOST_SILENCE);
            }
        }
    }

    private List<String> camerasAt(int gateway) {
        return IntStream.range(0, settings.cameras()).filter(index -> index % settings.gateways() == gateway)
                .mapToObj(index -> "camera-" + (index + 1)).toList();
    }

    /** Waits until there are results of all cameras; false when there will not be, or when stopped. */
    private boolean areUnderWay(List<Future<?>> running, CountDownLatch stop) throws InterruptedException {
        long results = Math.min(RESULTS_BEFORE_KILL, settings.frames() / 4);
        while (!ledger.isUnderWay(settings.cameras(), results)) {
            boolean isOver = running.stream().allMatch(Future::isDone) && ledger.withoutResult() == 0;
            if (isOver || stop.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    private void killWorker(Cluster cluster) throws InterruptedException {
        WorkerLoad victim = ledger.busiestWorker();
        cluster.kill(victim.worker());
        console.line("killed", victim.worker() + ", which looked at " + String.join(", ", victim.cameras()));
    }

    private void awaitEnd(Future<?> cameras) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                cameras.get(BETWEEN_PROGRESS.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                console.line("progress", ledger.progress());
            }
        }
    }
}
