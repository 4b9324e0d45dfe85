package io.github.camellva.examples.scaleout;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Gateways and workers, each in a process of its own. */
final class Cluster implements AutoCloseable {

    private final List<ChildProcess> gateways = new ArrayList<>();
    private final List<ChildProcess> workers = new ArrayList<>();

    private Cluster() {
    }

    /** Returns at once; they may not run yet. */
    static Cluster start(Settings settings, String brokers, Path directory, Console console)
            throws IOException, URISyntaxException {
        Cluster cluster = new Cluster();
        Map<String, String> options = new HashMap<>();
        options.put("brokers", brokers);
        options.put("partitions", String.valueOf(settings.partitions()));
        options.put("answer", settings.answer().label());
        options.put("listen", "127.0.0.1:0");
        settings.detector().ifPresent(detector -> options.put("detector", detector));
        try {
            cluster.start("gateway", settings.gateways(), cluster.gateways, options, directory, console);
            cluster.start("worker", settings.workers(), cluster.workers, options, directory, console);
        } catch (IOException | URISyntaxException | RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /**
     * Waits until all run.
     *
     * @return where nodes connect to; empty when stopped before
     */
    List<String> awaitRunning(CountDownLatch stop) throws InterruptedException {
        List<String> addresses = new ArrayList<>();
        for (ChildProcess gateway : gateways) {
            String running = gateway.awaitRunning(stop);
            if (running == null) {
                return List.of();
            }
            addresses.add(running.substring(0, running.indexOf(',')));
        }
        for (ChildProcess worker : workers) {
            worker.awaitRunning(stop);
        }
        return stop.getCount() == 0 ? List.of() : addresses;
    }

    /** SIGKILL. */
    void kill(String name) throws InterruptedException {
        for (ChildProcess child : all()) {
            if (child.name().equals(name)) {
                child.kill();
            }
        }
    }

    @Override
    public void close() {
        // workers go on until gateways have answered
        gateways.forEach(ChildProcess::tellToStop);
        gateways.forEach(ChildProcess::close);
        workers.forEach(ChildProcess::tellToStop);
        workers.forEach(ChildProcess::close);
    }

    private List<ChildProcess> all() {
        return Stream.concat(gateways.stream(), workers.stream()).toList();
    }

    private void start(
            String role, int count, List<ChildProcess> started, Map<String, String> options, Path directory, Console console)
            throws IOException, URISyntaxException {
        options.put("role", role);
        for (int number = 1; number <= count; number++) {
            started.add(ChildProcess.start(role + "-" + number, directory, options, console));
        }
    }
}
