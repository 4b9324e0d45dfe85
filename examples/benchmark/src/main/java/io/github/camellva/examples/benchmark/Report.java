package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of results: for people as they come, for the documentation at the end, and in a file with all figures. */
final class Report {

    private static final String HEAD = "%-18s %9s %9s %9s %10s %13s %8s %13s %6s   %s%n";
    private static final String ROW = "%-18s %,9.0f %9.2f %9.2f %10.1f %,13.0f %,8.0f %13d %6d   %s %s%n";
    private static final double MICROS_PER_MILLI = 1000;

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void print(Result result) {
        out.printf("%n%s%n", result.load());
        out.printf(HEAD, "", "frames/s", "p50 ms", "p99 ms", "CPU us", "allocated B", "RSS MB", "not processed", "wrong",
                "x frames/s, x CPU of bare");
        for (Contestant contestant : result.contestants()) {
            Measurement medians = result.medians(contestant);
            out.printf(Locale.ROOT, ROW, contestant, medians.framesPerSecond(), medians.p50Micros() / MICROS_PER_MILLI,
                    medians.p99Micros() / MICROS_PER_MILLI, medians.cpuMicros(), medians.allocatedBytes(),
                    medians.peakResidentMega(), medians.notProcessed(), medians.wrong(),
                    ratio(result, contestant, Measurement::framesPerSecond), ratio(result, contestant, Measurement::cpuMicros));
        }
        out.flush();
    }

    /** Prints CPU per frame as Markdown. */
    void summarize(List<Result> results) {
        for (Side side : Side.values()) {
            List<Result> shown = results.stream().filter(result -> result.load().side() == side).toList();
            List<Contestant> contestants = shown.stream()
                    .flatMap(result -> result.contestants().stream()).distinct().sorted().toList();
            if (!shown.isEmpty()) {
                out.printf("%n| CPU µs per frame of %s, x bare direct (frames/s) | %s |%n", side,
                        joined(contestants.stream().map(Contestant::toString)));
                out.printf("|---|%s%n", "---|".repeat(contestants.size()));
                for (Result result : shown) {
                    Load load = result.load();
                    out.printf("| %s, %d in flight, sessions: %d | %s |%n", load.frames(), load.inFlight(), load.sessions(),
                            joined(contestants.stream().map(contestant -> cell(result, contestant))));
                }
            }
        }
        out.printf("%nframes that were not processed: %d, wrong or missing answers: %d%n",
                results.stream().mapToLong(Result::notProcessed).sum(), results.stream().mapToLong(Result::wrong).sum());
    }

    /** @param directory for the table with all figures, and pictures */
    void write(List<Result> results, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path table = directory.resolve("results.csv");
        try (PrintWriter csv = new PrintWriter(Files.newBufferedWriter(table, StandardCharsets.UTF_8))) {
            csv.println("measured,transfer,payload,frame bytes,sessions,in flight,contestant,turns,frames/s,p50 us,p99 us,"
                        + "CPU us per frame,allocated bytes per frame,peak RSS MB,wrong or missing,"
                        + "frames/s to bare direct,CPU to bare direct,CPU to bare direct by run,not processed");
            results.forEach(result -> result.contestants().forEach(contestant -> csv.println(row(result, contestant))));
        }
        out.println("wrote " + table);
        for (Path picture : Plot.write(directory, results)) {
            out.println("wrote " + picture);
        }
    }

    private static String row(Result result, Contestant contestant) {
        Load load = result.load();
        Measurement medians = result.medians(contestant);
        return String.format(Locale.ROOT, "%s,%s,%s,%d,%d,%d,%s,%d,%.0f,%.1f,%.1f,%.2f,%.0f,%.0f,%d,%s,%s,%s,%d",
                load.side(), load.transfer(), load.payload(), load.payload().bytes(), load.sessions(), load.inFlight(),
                contestant, result.turns(contestant).size(), medians.framesPerSecond(), medians.p50Micros(), medians.p99Micros(),
                medians.cpuMicros(), medians.allocatedBytes(), medians.peakResidentMega(), medians.wrong(),
                ratio(result, contestant, Measurement::framesPerSecond), ratio(result, contestant, Measurement::cpuMicros),
                result.hasBare() ? ratios(result, contestant) : "-", medians.notProcessed());
    }

    private static String ratios(Result result, Contestant contestant) {
        return result.ratios(contestant, Measurement::cpuMicros).mapToObj(Report::decimals).collect(Collectors.joining(" "));
    }

    private static String cell(Result result, Contestant contestant) {
        return result.contestants().contains(contestant)
                ? String.format(Locale.ROOT, "%,.1f, %s (%,.0f)", result.medians(contestant).cpuMicros(),
                        ratio(result, contestant, Measurement::cpuMicros), result.medians(contestant).framesPerSecond())
                : "–";
    }

    private static String joined(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | "));
    }

    private static String ratio(Result result, Contestant contestant, ToDoubleFunction<Measurement> figure) {
        return result.hasBare() ? decimals(result.ratio(contestant, figure)) : "-";
    }

    private static String decimals(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }
}
