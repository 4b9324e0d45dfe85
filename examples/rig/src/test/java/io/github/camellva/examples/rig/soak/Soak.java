package io.github.camellva.examples.rig.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.ClassPath;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.examples.rig.load.LiveHeap;
import io.github.camellva.examples.rig.load.LoadProcess;
import io.github.camellva.examples.rig.load.LoadProcess.Jvm;
import picocli.CommandLine.Option;

/**
 * An extension and a node, each in a process of its own, while cameras come and go, and other nodes are killed. Says at the end
 * whether anything that the two processes have has grown.
 */
public final class Soak extends Example<SoakReport> {

    static final List<String> ROUTES = List.of("block", "skip", "copy", "map");

    private static final String VISITED = "visited";
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration MOST_WARM_UP = Duration.ofMinutes(10);
    /** One in so many of the minutes, if that is less. */
    private static final int WARM_UP_PART = 3;
    private static final Duration MOST_BETWEEN_COLLECTIONS = Duration.ofMinutes(1);
    private static final int COLLECTIONS_PART = 10;
    private static final int MOST_DESCRIPTORS = 1024;
    private static final double HOUR = Duration.ofHours(1).toNanos();
    private static final String FRAMES_PER_SECOND = "25";
    private static final String FRAMES_OF_CAMERA = "100";
    private static final String SHARED = "&dataTransfer=sharedMemory&sharedMemorySizeMiB=2";

    @Option(names = "-Dminutes")
    @OptionReader.WholeNumber(to = 100_000, example = 60)
    int minutes = 1;

    @Option(names = "-Dreport", description = "a directory is accepted")
    Path report = Path.of("target", "soak");

    private final Console console;
    private final String classPath;

    Soak(PrintStream out, String classPath) {
        this.console = new Console(out);
        this.classPath = classPath;
    }

    public static void main(String[] args) throws URISyntaxException {
        String classPath = ClassPath.of(Soak.class.getClassLoader());
        launch(() -> OptionReader.read(new Soak(System.out, classPath), System.getProperties()));
    }

    @Override
    protected SoakReport run(CountDownLatch stop) throws Exception {
        if (!Files.isDirectory(Path.of("/proc/self/fd"))) {
            throw new UsageException("this is measured as Linux tells it in /proc, which is not here");
        }
        try (LoadProcess extension = startExtension(); LoadProcess node = startNode("node", cameras(extension))) {
            // once, since an extension's first lines are forgotten after many
            List<String> visits = visits(extension);
            try (Visitors visitors = new Visitors(() -> startNode("visitor", visits))) {
                visitors.start();
                return observe(extension, node, visitors, stop);
            }
        }
    }

    private SoakReport observe(LoadProcess extension, LoadProcess node, Visitors visitors, CountDownLatch stop) throws Exception {
        List<History> histories = observe(List.of("extension", "node"), List.of(extension, node), stop);
        visitors.close();
        SoakReport result = new SoakReport(histories, warmUp().toNanos() / HOUR, node.end(), extension.end());
        result.write(report);
        console.summary(result.lines());
        return result;
    }

    private List<History> observe(List<String> names, List<LoadProcess> processes, CountDownLatch stop)
            throws IOException, InterruptedException {
        List<History> histories = names.stream().map(History::new).toList();
        long start = System.nanoTime();
        long nanos = 0;
        while (nanos < time().toNanos() && !stop.await(INTERVAL.toNanos(), TimeUnit.NANOSECONDS)) {
            nanos = System.nanoTime() - start;
            for (int i = 0; i < processes.size(); i++) {
                histories.get(i).add(nanos / HOUR, ProcessSample.take(processes.get(i)));
            }
        }
        return histories;
    }

    private LoadProcess startExtension() throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("block", "lvagrpc:127.0.0.1:0", "NONE"));
        arguments.addAll(List.of("skip", "lvagrpc:127.0.0.1:0?overflow=skip&maxInFlight=2", "SLOW"));
        arguments.addAll(List.of("copy", "lvagrpc:127.0.0.1:0?sharedMemoryAccess=copy", "NONE"));
        arguments.addAll(List.of("map", "lvagrpc:127.0.0.1:0?sharedMemoryAccess=map", "NONE"));
        arguments.addAll(List.of(VISITED, "lvagrpc:127.0.0.1:0?sharedMemoryAccess=map", "NONE"));
        return LoadProcess.extension(jvm(), line -> console.lineOf("extension", line), arguments);
    }

    /** @param uris of the cameras that come one after the other */
    private LoadProcess startNode(String name, List<String> uris) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(FRAMES_PER_SECOND, FRAMES_OF_CAMERA));
        arguments.addAll(uris);
        return LoadProcess.node(jvm(), line -> console.lineOf(name, line), arguments);
    }

    private Jvm jvm() {
        return new Jvm(classPath, List.of(
                // what is resident shall not depend on how much of the heap was touched so far
                "-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch", "-XX:MaxDirectMemorySize=192m", "-XX:+ExitOnOutOfMemoryError",
                LiveHeap.jvmOption(part(COLLECTIONS_PART, MOST_BETWEEN_COLLECTIONS))),
                MOST_DESCRIPTORS);
    }

    private static List<String> cameras(LoadProcess extension) throws InterruptedException {
        return List.of(
                uri(extension, "block"), uri(extension, "skip"), uri(extension, "copy") + SHARED, uri(extension, "map") + SHARED);
    }

    private static List<String> visits(LoadProcess extension) throws InterruptedException {
        return List.of(uri(extension, VISITED), uri(extension, VISITED) + SHARED);
    }

    private static String uri(LoadProcess extension, String route) throws InterruptedException {
        return "lvagrpc:127.0.0.1:" + extension.port(route) + "?responseTimeout=10000";
    }

    private Duration time() {
        return Duration.ofMinutes(minutes);
    }

    private Duration warmUp() {
        return part(WARM_UP_PART, MOST_WARM_UP);
    }

    /** Of the time that it runs. */
    private Duration part(int divisor, Duration most) {
        Duration part = time().dividedBy(divisor);
        return part.compareTo(most) < 0 ? part : most;
    }
}
