package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** New processes of all contestants. They take turns, so that whatever else the machine does affects all alike. */
final class Run implements AutoCloseable {

    /** Share of one processor that compilers use when they have nothing more to do. */
    private static final double COMPILERS_AT_REST = 0.03;
    private static final int RESTFUL_TURNS = 2;
    /** A turn begins with a part of this size that is not measured. */
    private static final int RAMP = 3;
    private static final double BYTES_PER_MEGA = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;

    private final Settings settings;
    private final List<Contestant> order;
    private final Map<Contestant, ChildJvm> processes = new EnumMap<>(Contestant.class);

    private Run(Settings settings, List<Contestant> order) {
        this.settings = settings;
        this.order = order;
    }

    /** @param order of the contestants' turns */
    static Run start(Settings settings, List<Contestant> order, List<Load> loads) throws Exception {
        Run run = new Run(settings, order);
        try {
            for (Contestant contestant : run.needed(loads)) {
                run.processes.put(contestant, ChildJvm.start(
                        contestant.toString(), settings.jvmOptions(), Party.class, contestant.name()));
            }
            return run;
        } catch (Exception e) {
            run.close();
            throw e;
        }
    }

    /** @return the turns of each contestant that takes the load */
    Map<Contestant, List<Measurement>> measure(Load load) throws IOException, InterruptedException {
        List<Contestant> contestants = order.stream().filter(contestant -> contestant.takes(load)).toList();
        for (Contestant contestant : contestants) {
            warmUp(contestant, load);
        }
        Map<Contestant, List<Measurement>> turns = new EnumMap<>(Contestant.class);
        for (int round = 0; round < settings.rounds(); round++) {
            for (Contestant contestant : contestants) {
                turns.computeIfAbsent(contestant, none -> new ArrayList<>()).add(turn(contestant, load));
            }
        }
        return turns;
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (ChildJvm process : processes.values()) {
            try {
                process.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Set<Contestant> needed(List<Load> loads) {
        Set<Contestant> needed = order.stream().filter(contestant -> loads.stream().anyMatch(contestant::takes))
                .collect(Collectors.toCollection(TreeSet::new));
        loads.forEach(load -> needed.add(opponent(load)));
        return needed;
    }

    /** Who serves or feeds the contestants. */
    private static Contestant opponent(Load load) {
        return Contestant.bare(load.side() == Side.SERVERS ? Side.NODES : Side.SERVERS);
    }

    /** In turns like those that are measured, since every session is new to the compilers. */
    private void warmUp(Contestant contestant, Load load) throws IOException, InterruptedException {
        ChildJvm process = processes.get(contestant);
        long begin = System.nanoTime();
        int restful = 0;
        do {
            long turnBegin = System.nanoTime();
            CpuTime before = process.cpuTime();
            turn(contestant, load);
            Duration compilers = process.cpuTime().compilersSince(before);
            restful = compilers.toNanos() < COMPILERS_AT_REST * (System.nanoTime() - turnBegin) ? restful + 1 : 0;
        } while (restful < RESTFUL_TURNS && System.nanoTime() - begin < settings.warmUp().toNanos());
    }

    private Measurement turn(Contestant contestant, Load load) throws IOException, InterruptedException {
        ChildJvm measured = processes.get(contestant);
        ChildJvm opponent = processes.get(opponent(load));
        ChildJvm server = load.side() == Side.SERVERS ? measured : opponent;
        ChildJvm node = load.side() == Side.SERVERS ? opponent : measured;
        measured.forgetPeak();
        node.ask(Node.OPEN + " " + server.ask(load.transfer().name()) + " " + load.format());
        Thread.sleep(settings.window().toMillis() / RAMP);

        long allocated = Long.parseLong(measured.ask(Party.ALLOCATED));
        CpuTime cpu = measured.cpuTime();
        Meter.Reading ramp = Meter.Reading.parse(node.ask(Node.READ));
        Thread.sleep(settings.window().toMillis());
        Meter.Reading reading = Meter.Reading.parse(node.ask(Node.READ));
        Duration used = measured.cpuTime().since(cpu);
        allocated = Long.parseLong(measured.ask(Party.ALLOCATED)) - allocated;

        long missing = Long.parseLong(node.ask(Node.CLOSE));
        double peak = measured.peakResidentBytes() / BYTES_PER_MEGA;
        server.ask(Party.COLLECT);
        node.ask(Party.COLLECT);
        double frames = reading.answers();
        return new Measurement(
                frames * Duration.ofSeconds(1).toNanos() / reading.nanos(), reading.p50Nanos() / NANOS_PER_MICRO,
                reading.p99Nanos() / NANOS_PER_MICRO, used.toNanos() / NANOS_PER_MICRO / frames, allocated / frames,
                peak, ramp.notProcessed() + reading.notProcessed(), ramp.wrong() + reading.wrong() + missing);
    }
}
