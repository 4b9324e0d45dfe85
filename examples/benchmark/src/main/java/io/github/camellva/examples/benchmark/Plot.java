package io.github.camellva.examples.benchmark;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws results: of one session, and of the most frames in flight. */
final class Plot {

    private static final int WIDTH = 1400;
    private static final int HEIGHT = 420;

    private Plot() {
    }

    /** @return the pictures that there was enough for */
    static List<Path> write(Path directory, List<Result> results) throws IOException {
        int inFlight = results.stream().mapToInt(result -> result.load().inFlight()).max().orElse(0);
        List<Result> shown = results.stream()
                .filter(result -> result.load().sessions() == 1
                                  && result.load().inFlight() == Math.min(inFlight, result.load().payload().mostInFlight())
                                  && result.turns().containsKey(Contestant.BARE_DIRECT))
                .toList();
        if (shown.isEmpty()) {
            return List.of();
        }
        return List.of(
                write(directory.resolve("cpu.png"), "Server CPU per frame, to that of bare grpc-java on a direct executor (less is better)",
                        shown, Measurement::cpuMicros),
                write(directory.resolve("frames.png"), "Frames per second, to those of bare grpc-java on a direct executor (more is better)",
                        shown, Measurement::framesPerSecond));
    }

    private static Path write(Path file, String title, List<Result> results, ToDoubleFunction<Measurement> figure) throws IOException {
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
        chart.getStyler().setYAxisMin(0.0).setLegendPosition(LegendPosition.OutsideS).setChartTitleBoxVisible(false);
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal).setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setAvailableSpaceFill(0.8).setYAxisDecimalPattern("0.0");
        List<String> loads = results.stream().map(Plot::name).toList();
        for (Contestant contestant : Contestant.values()) {
            List<Double> ratios = new ArrayList<>();
            for (Result result : results) {
                Optional<Double> ratio = result.turns().containsKey(contestant) ? result.ratio(contestant, figure) : Optional.empty();
                ratios.add(ratio.orElse(null));
            }
            if (ratios.stream().anyMatch(ratio -> ratio != null)) {
                chart.addSeries(contestant.label(), loads, ratios);
            }
        }
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
        return file;
    }

    private static String name(Result result) {
        Load load = result.load();
        return load.payload().bytes() == 0 ? load.payload().label() : load.payload().label() + " " + load.transfer().label();
    }
}
