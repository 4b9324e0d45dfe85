package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Writes results where others can read them. */
final class Publication {

    private final Path directory;

    Publication(Path directory) {
        this.directory = directory;
    }

    void publish(List<Result> results) throws IOException {
        Files.createDirectories(directory);
        Path table = directory.resolve("results.csv");
        try (PrintWriter csv = new PrintWriter(Files.newBufferedWriter(table, StandardCharsets.UTF_8))) {
            csv.println("transfer,payload,frame bytes,sessions,in flight,server,rounds,frames/s,p50 us,p99 us,"
                        + "server CPU us per frame,least,most,allocated bytes per frame,peak RSS MB,wrong or missing,"
                        + "frames/s to bare direct,CPU to bare direct");
            results.forEach(result -> result.turns().keySet().forEach(contestant -> csv.println(row(result, contestant))));
        }
        System.out.println();
        System.out.println("wrote " + table);
        for (Path picture : Plot.write(directory, results)) {
            System.out.println("wrote " + picture);
        }
    }

    private static String row(Result result, Contestant contestant) {
        Load load = result.load();
        Measurement medians = result.medians(contestant);
        List<Measurement> turns = result.turns().get(contestant);
        return String.format(Locale.ROOT, "%s,%s,%d,%d,%d,%s,%d,%.0f,%.1f,%.1f,%.2f,%.2f,%.2f,%.0f,%.0f,%d,%s,%s",
                load.transfer().label(), load.payload().label(), load.payload().bytes(), load.sessions(), load.inFlight(),
                contestant.option(), turns.size(), medians.framesPerSecond(), medians.p50Micros(), medians.p99Micros(),
                medians.cpuMicros(), turns.stream().mapToDouble(Measurement::cpuMicros).min().orElseThrow(),
                turns.stream().mapToDouble(Measurement::cpuMicros).max().orElseThrow(), medians.allocatedBytes(),
                medians.peakResidentMega(), medians.wrong(), ratio(result, contestant, Measurement::framesPerSecond),
                ratio(result, contestant, Measurement::cpuMicros));
    }

    private static String ratio(Result result, Contestant contestant, ToDoubleFunction<Measurement> figure) {
        return result.ratio(contestant, figure).map(value -> String.format(Locale.ROOT, "%.3f", value)).orElse("");
    }
}
