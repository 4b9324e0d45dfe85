package io.github.camellva.examples.benchmark;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** Prints results for people. */
final class Table {

    private static final String HEAD = "%-14s %9s %9s %9s %10s %13s %8s %6s   %s%n";
    private static final String ROW = "%-14s %,9.0f %9.2f %9.2f %10.1f %,13.0f %,8.0f %6d   %s%n";
    private static final double MICROS_PER_MILLI = 1000;

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
    }

    void print(Result result) {
        out.printf("%n%s%n", result.load());
        out.printf(HEAD, "", "frames/s", "p50 ms", "p99 ms", "CPU us", "allocated B", "RSS MB", "wrong", "x frames/s, x CPU of bare, direct");
        result.turns().keySet().forEach(contestant -> print(contestant, result));
        out.flush();
    }

    private void print(Contestant contestant, Result result) {
        Measurement medians = result.medians(contestant);
        out.printf(Locale.ROOT, ROW, contestant.label(), medians.framesPerSecond(), medians.p50Micros() / MICROS_PER_MILLI,
                medians.p99Micros() / MICROS_PER_MILLI, medians.cpuMicros(), medians.allocatedBytes(),
                medians.peakResidentMega(), medians.wrong(),
                factor(result.ratio(contestant, Measurement::framesPerSecond)) + "  "
                                                             + factor(result.ratio(contestant, Measurement::cpuMicros)));
    }

    private static String factor(Optional<Double> ratio) {
        return ratio.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("-");
    }
}
