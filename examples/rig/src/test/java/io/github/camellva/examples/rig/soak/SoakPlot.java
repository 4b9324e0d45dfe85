package io.github.camellva.examples.rig.soak;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A picture of a chart for each measure, with a line for each process. */
final class SoakPlot {

    private static final int WIDTH = 700;
    private static final int HEIGHT = 300;
    private static final int COLUMNS = 2;
    private static final double MINUTES = 60;

    private SoakPlot() {
    }

    static void write(Path file, List<History> processes) throws IOException {
        List<XYChart> charts = Arrays.stream(Measure.values()).map(measure -> chart(measure, processes)).toList();
        BitmapEncoder.saveBitmap(
                charts, charts.size() / COLUMNS, COLUMNS, file.toString(), BitmapFormat.PNG);
    }

    private static XYChart chart(Measure measure, List<History> processes) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(measure.title()).xAxisTitle("minutes").build();
        chart.getStyler().setYAxisMin(0.0).setLegendPosition(LegendPosition.InsideSE).setChartTitleBoxVisible(false);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        for (History process : processes) {
            chart.addSeries(process.process(), process.hours().stream().map(hour -> hour * MINUTES).toList(),
                    process.values(measure)).setMarker(SeriesMarkers.NONE);
        }
        return chart;
    }
}
