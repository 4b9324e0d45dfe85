package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.Example;
import io.github.camellva.examples.rig.Outcome;

/**
 * Measures what a frame costs an extension: with the component, with camel-grpc, and with grpc-java alone. Every server is a
 * process, and so are the nodes; the servers take turns with each load, so that what else the machine does meets all alike.
 */
public final class Benchmark extends Example<Outcome> {

    private static final List<String> JVM_OPTIONS = List.of("-XX:+AlwaysPreTouch", "--enable-native-access=ALL-UNNAMED");
    private static final String NODES_HEAP = "1g";
    private static final Duration RAMP = Duration.ofMillis(300);
    /** Of one processor, what compilers use that have nothing more to do. */
    private static final double COMPILERS_AT_REST = 0.03;
    private static final int RESTFUL_TURNS = 2;
    private static final double BYTES_PER_MEGA = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;

    private final Settings settings;
    private final Map<Contestant, ChildJvm> servers = new LinkedHashMap<>();
    private final List<Result> results = new ArrayList<>();
    private ChildJvm nodes;
    private CountDownLatch stop;

    Benchmark(Settings settings) {
        this.settings = settings;
    }

    public static void main(String[] args) {
        launch(() -> new Benchmark(Settings.of(System.getProperties())));
    }

    @Override
    protected Outcome run(CountDownLatch stopping) throws Exception {
        stop = stopping;
        try {
            startProcesses();
            measure();
        } catch (IOException e) {
            // Ctrl-C reaches all processes at once
            if (stop.getCount() > 0) {
                throw e;
            }
        } finally {
            stopProcesses();
        }
        boolean complete = results.size() == settings.loads().size();
        if (complete) {
            new Publication(settings.results()).publish(results);
        }
        long wrong = results.stream().flatMap(result -> result.turns().values().stream()).flatMap(List::stream)
                .mapToLong(Measurement::wrong).sum();
        System.out.printf("%nmeasured %d of %d loads, %d wrong or missing answers%n", results.size(), settings.loads().size(), wrong);
        return () -> complete && wrong == 0;
    }

    private void startProcesses() throws Exception {
        System.out.printf("starting %d servers with a heap of %s each%n", settings.contestants().size(), settings.heap());
        nodes = ChildJvm.start("the nodes", jvmOptions(NODES_HEAP), Nodes.class);
        for (Contestant contestant : settings.contestants()) {
            List<String> options = new ArrayList<>(jvmOptions(settings.heap()));
            options.addAll(settings.jvmOptions());
            servers.put(contestant, ChildJvm.start(contestant.label(), options, Server.class, contestant.name()));
        }
    }

    private static List<String> jvmOptions(String heap) {
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        options.add("-Xms" + heap);
        options.add("-Xmx" + heap);
        return options;
    }

    private void measure() throws IOException, InterruptedException {
        Map<Contestant, String> ports = new LinkedHashMap<>();
        for (Map.Entry<Contestant, ChildJvm> server : servers.entrySet()) {
            ports.put(server.getKey(), server.getValue().answer());
        }
        Table table = new Table(System.out);
        long begin = System.nanoTime();
        for (Load load : settings.loads()) {
            Map<Contestant, List<Measurement>> turns = new LinkedHashMap<>();
            for (Contestant contestant : servers.keySet()) {
                if (contestant.takes(load)) {
                    progress(begin, "warming up " + contestant.label() + ": " + load);
                    warmUp(contestant, port(ports.get(contestant), load), load);
                    turns.put(contestant, new ArrayList<>());
                }
            }
            for (int round = 1; round <= settings.rounds(); round++) {
                progress(begin, "round " + round + " of " + settings.rounds() + ": " + load);
                for (Map.Entry<Contestant, List<Measurement>> turn : turns.entrySet()) {
                    turn.getValue().add(turn(turn.getKey(), port(ports.get(turn.getKey()), load), load, settings.window()));
                }
            }
            if (stop.getCount() == 0) {
                return;
            }
            results.add(new Result(load, turns));
            table.print(results.get(results.size() - 1));
        }
    }

    private static String port(String ports, Load load) {
        return ports.split(" ")[load.transfer() == Transfer.MAP ? 1 : 0];
    }

    /** In turns like those that are measured: every session is new to the compilers. */
    private void warmUp(Contestant contestant, String port, Load load) throws IOException, InterruptedException {
        ChildJvm server = servers.get(contestant);
        long begin = System.nanoTime();
        int restful = 0;
        do {
            long turnBegin = System.nanoTime();
            Duration before = server.compilersCpuTime();
            turn(contestant, port, load, settings.window());
            Duration compilers = server.compilersCpuTime().minus(before);
            restful = compilers.toNanos() < COMPILERS_AT_REST * (System.nanoTime() - turnBegin) ? restful + 1 : 0;
        } while (restful < RESTFUL_TURNS && System.nanoTime() - begin < settings.warmUp().toNanos() && stop.getCount() > 0);
    }

    private Measurement turn(Contestant contestant, String port, Load load, Duration window)
            throws IOException, InterruptedException {
        ChildJvm server = servers.get(contestant);
        server.forgetPeak();
        nodes.ask(Nodes.OPEN + " " + port + " " + load.format());
        stop.await(RAMP.toMillis(), TimeUnit.MILLISECONDS);

        long allocated = Long.parseLong(server.ask(Server.ALLOCATED));
        Duration cpu = server.cpuTime();
        Meter.Reading ramp = Meter.Reading.parse(nodes.ask(Nodes.READ));
        stop.await(window.toMillis(), TimeUnit.MILLISECONDS);
        Meter.Reading reading = Meter.Reading.parse(nodes.ask(Nodes.READ));
        cpu = server.cpuTime().minus(cpu);
        allocated = Long.parseLong(server.ask(Server.ALLOCATED)) - allocated;

        long missing = Long.parseLong(nodes.ask(Nodes.CLOSE));
        double frames = reading.answers();
        return new Measurement(
                frames * Duration.ofSeconds(1).toNanos() / reading.nanos(), reading.p50Nanos() / NANOS_PER_MICRO,
                reading.p99Nanos() / NANOS_PER_MICRO, cpu.toNanos() / NANOS_PER_MICRO / frames, allocated / frames,
                server.peakResidentBytes() / BYTES_PER_MEGA, ramp.wrong() + reading.wrong() + missing);
    }

    private void progress(long begin, String what) {
        int seconds = (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        System.err.printf("%3d:%02d  load %d of %d, %s%n", seconds / 60, seconds % 60, results.size() + 1, settings.loads().size(), what);
    }

    private void stopProcesses() throws IOException {
        if (nodes != null) {
            nodes.close();
        }
        for (ChildJvm server : servers.values()) {
            server.close();
        }
    }
}
