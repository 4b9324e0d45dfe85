package io.github.camellva.examples.rig.faults;

import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.camellva.examples.rig.ClassPath;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.Outcome;
import io.github.camellva.examples.rig.faults.SmallDisk.NotPermittedException;
import picocli.CommandLine.Option;

/**
 * Lets faults happen to a node and an extension in processes of their own while frames flow, one after the other, and counts what
 * became of the frames.
 */
public final class Faults extends Example<Faults.Table> {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(100);
    /** Of each camera: frames flow. */
    private static final long FLOWING = 25;
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    @Option(names = "-Dfault")
    Fault fault;

    @Option(names = "-Dseconds")
    @OptionReader.WholeNumber(to = 3600, example = 6)
    int seconds = 6;

    @Option(names = "-Dreport", description = "a directory is accepted")
    Path report = Path.of("target", "faults");

    private final Console console;
    private final String classPath;

    /** All that happened. */
    record Table(List<FaultResult> results) implements Outcome {

        @Override
        public boolean isComplete() {
            return !results.isEmpty() && results.stream().allMatch(result -> result.problems().isEmpty());
        }
    }

    Faults(PrintStream out, String classPath) {
        this.console = new Console(out);
        this.classPath = classPath;
    }

    public static void main(String[] args) throws URISyntaxException {
        String classPath = ClassPath.of(Faults.class.getClassLoader());
        launch(() -> OptionReader.read(new Faults(System.out, classPath), System.getProperties()));
    }

    @Override
    protected Table run(CountDownLatch stop) throws Exception {
        Files.createDirectories(report);
        List<FaultResult> results = new ArrayList<>();
        console.out().println(FaultResult.HEAD);
        for (Fault next : fault == null ? List.of(Fault.values()) : List.of(fault)) {
            if (stop.getCount() > 0) {
                try {
                    FaultResult result = run(next, stop);
                    results.add(result);
                    console.out().println(result.line());
                } catch (NotPermittedException e) {
                    console.out().printf("%-30s skipped: %s%n", next, e.getMessage());
                }
            }
        }
        return new Table(results);
    }

    private FaultResult run(Fault next, CountDownLatch stop) throws Exception {
        try (Site site = new Site(next.kind(), classPath, report.resolve(next + ".log"))) {
            awaitFlow(site, answered(site), stop);
            long before = sum(answered(site));
            next.begin(site);
            stop.await(seconds, TimeUnit.SECONDS);
            long meanwhile = sum(answered(site)) - before;
            long end = System.nanoTime();
            next.end(site);
            awaitFlow(site, answered(site), stop);
            double recovery = (System.nanoTime() - end) / SECOND;
            return FaultResult.of(next, meanwhile, recovery, site.end());
        } catch (IllegalStateException e) {
            return FaultResult.failed(next, e.getMessage());
        }
    }

    private void awaitFlow(Site site, List<Long> since, CountDownLatch stop) throws InterruptedException {
        long start = System.nanoTime();
        while (!isFlowing(since, answered(site))) {
            if (System.nanoTime() - start > TIMEOUT.toNanos() || stop.await(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException(
                        "frames do not flow: " + site.node().figures() + "; " + site.extension().figures());
            }
        }
    }

    private static boolean isFlowing(List<Long> before, List<Long> now) {
        return IntStream.range(0, now.size()).allMatch(lane -> now.get(lane) >= before.get(lane) + FLOWING);
    }

    /** So far, of each lane. */
    private static List<Long> answered(Site site) {
        return IntStream.range(0, Site.LANES.size()).mapToObj(lane -> site.node().figures().get("answered." + lane)).toList();
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
