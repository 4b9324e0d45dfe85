package io.github.camellva.examples.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures what a frame costs with the component, with camel-grpc and with grpc-java alone. Every contestant is a process. */
@Command(name = "benchmark")
public final class Benchmark implements Callable<Integer> {

    private final Map<Load, Result> results = new LinkedHashMap<>();
    private final long begin = System.nanoTime();

    @Mixin
    private Settings settings;

    public static void main(String[] args) {
        // ends Maven as well, whose last words would otherwise follow the results
        System.exit(Settings.commandLine(new Benchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<Load> loads = settings.loads();
        Report report = new Report(System.out);
        for (int number = 0; number < settings.runs(); number++) {
            progress("starting processes, run %d of %d".formatted(number + 1, settings.runs()));
            try (Run run = Run.start(settings, settings.contestants(number), loads)) {
                for (Load load : loads) {
                    progress("load %d of %d: %s".formatted(loads.indexOf(load) + 1, loads.size(), load));
                    Map<Contestant, List<Measurement>> turns = run.measure(load);
                    report.print(new Result(load, List.of(turns)));
                    results.merge(load, new Result(load, List.of(turns)), Result::and);
                }
            }
        }
        List<Result> all = new ArrayList<>(results.values());
        report.summarize(all);
        report.write(all, settings.results());
        return all.stream().allMatch(Result::isComplete) ? 0 : 1;
    }

    private void progress(String what) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        System.err.printf("%3d:%02d  %s%n", seconds / 60, seconds % 60, what);
    }
}
