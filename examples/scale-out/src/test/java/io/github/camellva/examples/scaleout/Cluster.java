package io.github.camellva.examples.scaleout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.ChildProcess;
import io.github.camellva.examples.rig.ClassPath;
import io.github.camellva.examples.rig.Console;

/** Gateways and workers, each in a JVM of its own, whose lines are printed with its name before them. */
final class Cluster implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern RUNNING = Pattern.compile("^" + ScaleOut.RUNNING + " +(.*)");

    /** A small heap, and a JVM that is soon up rather than fast: several share this machine. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED", "-Dlog4j2.configurationFile=log4j2.properties");

    private final Path directory;
    private final Console console;
    /** By name. */
    private final Map<String, ChildProcess> gateways = new LinkedHashMap<>();
    private final Map<String, ChildProcess> workers = new LinkedHashMap<>();

    /** @param directory of this process, which its children remove if it dies */
    Cluster(Path directory, Console console) {
        this.directory = directory;
        this.console = console;
    }

    /** Returns at once; it may not run yet. */
    ChildProcess startGateway(String name, String brokers, Map<String, String> options) throws Exception {
        ChildProcess gateway = start("gateway", name, brokers, options);
        gateways.put(name, gateway);
        return gateway;
    }

    /** Returns at once; it may not run yet. */
    ChildProcess startWorker(String name, String brokers, Map<String, String> options) throws Exception {
        ChildProcess worker = start("worker", name, brokers, options);
        workers.put(name, worker);
        return worker;
    }

    /**
     * Waits until all run.
     *
     * @return where nodes connect to; empty when stopped before
     */
    List<String> awaitRunning(CountDownLatch stop) throws InterruptedException {
        List<String> addresses = new ArrayList<>();
        for (ChildProcess gateway : gateways.values()) {
            addresses.add(awaitRunning(gateway, stop).replaceAll(",.*", ""));
        }
        for (ChildProcess worker : workers.values()) {
            awaitRunning(worker, stop);
        }
        return stop.getCount() == 0 ? List.of() : addresses;
    }

    /** SIGKILL. */
    void kill(String name) throws InterruptedException {
        (gateways.containsKey(name) ? gateways : workers).get(name).kill();
    }

    @Override
    public void close() {
        // workers go on until gateways have answered
        close(gateways);
        close(workers);
    }

    /** All are told before the first is waited for. */
    private static void close(Map<String, ChildProcess> children) {
        children.values().forEach(child -> child.tell(Character.toString(Parent.STOP)));
        children.values().forEach(ChildProcess::close);
    }

    private ChildProcess start(String role, String name, String brokers, Map<String, String> options) throws Exception {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.putAll(Map.of(
                "role", role, "name", name, "brokers", brokers, "listen", "127.0.0.1:0",
                Child.PARENT_DIRECTORY, directory.toString()));
        List<String> arguments = new ArrayList<>(JVM_OPTIONS);
        all.forEach((option, value) -> arguments.add("-D" + option + "=" + value));
        arguments.add(Child.class.getName());
        return ChildProcess.start(
                ChildProcess.java(ClassPath.of(Cluster.class.getClassLoader()), arguments),
                line -> console.lineOf(name, line));
    }

    /** What it said then; empty when stopped before. */
    private static String awaitRunning(ChildProcess child, CountDownLatch stop) throws InterruptedException {
        CompletableFuture<MatchResult> running = child.line(RUNNING)
                .orTimeout(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        while (!running.isDone()) {
            if (stop.await(100, TimeUnit.MILLISECONDS)) {
                return "";
            }
        }
        return running.join().group(1);
    }
}
