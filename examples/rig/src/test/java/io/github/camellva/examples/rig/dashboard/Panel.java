package io.github.camellva.examples.rig.dashboard;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One panel of the dashboard: what it asks Prometheus, and the chart of what Prometheus answers. */
final class Panel {

    static final int WIDTH = 560;
    static final int HEIGHT = 280;
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 11);
    private static final int MOST_NAMES_IN_A_ROW = 4;
    private static final double SECONDS_PER_MINUTE = 60;

    private final JsonNode definition;

    Panel(JsonNode definition) {
        this.definition = definition;
    }

    XYChart chart(Prometheus prometheus) throws Exception {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(definition.get("title").asText())
                .xAxisTitle("minutes").yAxisTitle(unit()).build();
        chart.getStyler().setYAxisMin(0.0).setLegendPosition(LegendPosition.OutsideS).setChartTitleBoxVisible(false);
        chart.getStyler().setChartBackgroundColor(Color.WHITE).setLegendLayout(LegendLayout.Horizontal).setChartTitleFont(TITLE);
        for (JsonNode target : definition.get("targets")) {
            for (JsonNode series : prometheus.range(query(target))) {
                draw(chart, name(target, series.get("metric")), series.get("values"));
            }
        }
        if (chart.getSeriesMap().size() > MOST_NAMES_IN_A_ROW) {
            chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setLegendLayout(LegendLayout.Vertical);
        }
        return chart;
    }

    /** With the variables as the dashboard has them when it is opened. */
    private static String query(JsonNode target) {
        return target.get("expr").asText().replace("$side", "consumer").replace("$camera", ".*");
    }

    private static String name(JsonNode target, JsonNode labels) {
        String name = target.get("legendFormat").asText();
        for (var label : labels.properties()) {
            name = name.replace("{{" + label.getKey() + "}}", label.getValue().asText());
        }
        return name;
    }

    private static void draw(XYChart chart, String name, JsonNode values) {
        List<Double> minutes = new ArrayList<>();
        List<Double> numbers = new ArrayList<>();
        for (JsonNode value : values) {
            minutes.add((value.get(0).asDouble() - values.get(0).get(0).asDouble()) / SECONDS_PER_MINUTE);
            // Prometheus writes numbers as text, NaN among them
            numbers.add(Double.valueOf(value.get(1).asText()));
        }
        chart.addSeries(name, minutes, numbers).setMarker(SeriesMarkers.NONE);
    }

    private String unit() {
        return switch (definition.at("/fieldConfig/defaults/unit").asText()) {
            case "cps" -> "1/s";
            case "s" -> "s";
            case "Bps" -> "bytes/s";
            case "percentunit" -> "share";
            default -> "";
        };
    }
}
