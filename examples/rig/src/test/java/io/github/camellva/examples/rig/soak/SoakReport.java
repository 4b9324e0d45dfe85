package io.github.camellva.examples.rig.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.camellva.examples.rig.Outcome;
import io.github.camellva.examples.rig.load.Figures;

/**
 * What came of a soak.
 *
 * @param histories of the processes
 * @param warmUp    hours that do not count
 * @param node      its last figures
 * @param extension its last figures
 */
record SoakReport(List<History> histories, double warmUp, Figures node, Figures extension) implements Outcome {

    @Override
    public boolean isComplete() {
        return areCountsRight() && histories.stream()
                .allMatch(history -> Arrays.stream(Measure.values())
                        .allMatch(measure -> measure.isFlat(history.trend(measure, warmUp))));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-10s %-24s %10s %12s %12s", "process", "", "mean", "per hour", "in the run"));
        for (History history : histories) {
            for (Measure measure : Measure.values()) {
                Trend trend = history.trend(measure, warmUp);
                lines.add(String.format(Locale.ROOT, "%-10s %-24s %10.1f %+12.2f %+12.2f %s", history.process(),
                        measure.title(), trend.mean(), trend.slopePerHour(), trend.growth(),
                        measure.isFlat(trend) ? "flat" : "GROWS"));
            }
        }
        lines.add("node       " + node);
        lines.add("extension  " + extension);
        lines.add("counts are " + (areCountsRight() ? "right" : "WRONG"));
        return lines;
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        SoakPlot.write(directory.resolve("soak.png"), histories);
        for (History history : histories) {
            Files.write(directory.resolve("soak-" + history.process() + ".csv"), rows(history));
        }
    }

    private static List<String> rows(History history) {
        List<String> rows = new ArrayList<>();
        rows.add("seconds," + Arrays.stream(Measure.values()).map(Measure::title).collect(Collectors.joining(",")));
        for (int i = 0; i < history.hours().size(); i++) {
            int row = i;
            rows.add(String.format(Locale.ROOT, "%.0f,", history.hours().get(row) * 3600)
                     + Arrays.stream(Measure.values())
                             .map(measure -> String.format(Locale.ROOT, "%.1f", history.values(measure).get(row)))
                             .collect(Collectors.joining(",")));
        }
        return rows;
    }

    private boolean areCountsRight() {
        return node.get("answered") > 0
               && node.get("answered") == node.get("sent") - node.get("notProcessed")
               && node.get("answered") == processed()
               && node.get("wrong") + node.get("repeated") + node.get("failed") + extension.get("repeated") == 0;
    }

    /** By the routes of the cameras that are not killed. */
    private long processed() {
        return Soak.ROUTES.stream().mapToLong(route -> extension.get("processed." + route)).sum();
    }
}
