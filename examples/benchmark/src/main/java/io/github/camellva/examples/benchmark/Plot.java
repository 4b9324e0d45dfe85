package io.github.camellva.examples.benchmark;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws the results of one session with the most frames in flight. */
final class Plot {

    private static final int WIDTH = 1400;
    private static final int HEIGHT = 420;

    private Plot() {
    }

    /** @return the pictures; none of a side without such results */
    static List<Path> write(Path directory, List<Result> results) throws IOException {
        List<Path> pictures = new ArrayList<>();
        for (Side side : Side.values()) {
            List<Result> shown = shown(results, side);
            if (!shown.isEmpty()) {
                String compared = " of " + side + ", relative to bare grpc-java on a direct executor";
                pictures.add(write(directory.resolve(side + "-cpu.png"), "CPU per frame" + compared + " (less is better)",
                        shown, Measurement::cpuMicros));
                pictures.add(write(directory.resolve(side + "-frames.png"), "Frames/s" + compared + " (more is better)",
                        shown, Measurement::framesPerSecond));
            }
        }
        return pictures;
    }

    private static List<Result> shown(List<Result> results, Side side) {
        int most = results.stream().mapToInt(result -> result.load().inFlight()).max().orElse(0);
        return results.stream().filter(Result::hasBare).filter(result -> {
            Load load = result.load();
            return load.side() == side && load.sessions() == 1 && load.inFlight() == load.payload().allowed(most);
        }).toList();
    }

    private static Path write(Path file, String title, List<Result> results, ToDoubleFunction<Measurement> figure)
            throws IOException {
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
        chart.getStyler().setYAxisMin(0.0).setLegendPosition(LegendPosition.OutsideS).setChartTitleBoxVisible(false);
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal).setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setAvailableSpaceFill(0.8).setYAxisDecimalPattern("0.0");
        List<String> loads = results.stream().map(result -> result.load().frames()).toList();
        results.stream().flatMap(result -> result.contestants().stream()).distinct().sorted().forEach(contestant -> {
            List<Double> ratios = new ArrayList<>();
            for (Result result : results) {
                ratios.add(result.contestants().contains(contestant) ? result.ratio(contestant, figure) : null);
            }
            chart.addSeries(contestant.toString(), loads, ratios);
        });
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
        return file;
    }
}
