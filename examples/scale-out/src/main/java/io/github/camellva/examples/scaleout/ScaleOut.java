package io.github.camellva.examples.scaleout;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.Options;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.examples.rig.kafka.KafkaBroker;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** Cameras, gateways, Kafka and workers on this machine; one of the workers is killed while they are at it. */
public final class ScaleOut extends Example<Summary> {

    /** The option by which a process knows that another one has started it. */
    static final String PARENT_DIRECTORY = "parent.directory";

    /** Of the workers, with frames to look at; they are silent longest while those of a dead one are given away. */
    private static final Duration MOST_SILENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 50;
    /** Of each camera. */
    private static final long RESULTS_BEFORE_KILL = 10;

    private final Settings settings;
    private final Console console;
    private final Ledger ledger;

    private ScaleOut(Settings settings, Console console) {
        this.settings = settings;
        this.console = console;
        this.ledger = new Ledger(console);
    }

    /** Settings are system properties; {@code role} says what this process is to be. */
    public static void main(String[] args) {
        launch(() -> of(new Options(System.getProperties()), System.out));
    }

    static Example<?> of(Options options, PrintStream out) throws UsageException {
        Console console = new Console(out);
        Optional<Parent> parent = options.text(PARENT_DIRECTORY).map(directory -> new Parent(System.in, Path.of(directory)));
        return switch (options.choice("role", "all", "all", "gateway", "worker")) {
            case "gateway" -> new Gateway(GatewaySettings.of(options), console, parent);
            case "worker" -> new Worker(WorkerSettings.of(options), console, parent);
            default -> new ScaleOut(Settings.of(options), console);
        };
    }

    @Override
    protected Summary run(CountDownLatch stop) throws Exception {
        console.line("starting", "a Kafka broker, " + settings.gateways() + " gateways and " + settings.workers() + " workers");
        Path directory = Files.createTempDirectory("scale-out-");
        try (KafkaBroker broker = KafkaBroker.start(directory)) {
            runCluster(broker.bootstrapServers(), directory, stop);
        } finally {
            Directories.delete(directory);
        }
        Summary summary = ledger.summary();
        console.out().println();
        summary.lines().forEach(console.out()::println);
        return summary;
    }

    private void runCluster(String brokers, Path directory, CountDownLatch stop) throws Exception {
        console.line("broker", brokers + ", topics " + Topics.FRAMES + " and " + Topics.RESULTS + " with "
                               + settings.partitions() + " partitions");
        Topics topics = new Topics(brokers);
        topics.ensureFrames(settings.partitions());
        topics.ensureResults(settings.partitions());
        try (Cluster cluster = Cluster.start(settings, brokers, directory, console)) {
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
