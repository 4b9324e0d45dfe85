package io.github.camellva.examples.rig.soak;

import java.util.List;

/**
 * The straight line that is nearest to samples: linear regression by least squares.
 *
 * @param mean         of the samples
 * @param slopePerHour how much the line rises
 * @param hours        from the first sample to the last
 */
record Trend(double mean, double slopePerHour, double hours) {

    /** @param samples two or more, at different times */
    static Trend of(List<Double> hours, List<Double> samples) {
        double meanHour = mean(hours);
        double mean = mean(samples);
        double together = 0;
        double squares = 0;
        for (int i = 0; i < hours.size(); i++) {
            double distance = hours.get(i) - meanHour;
            together += distance * (samples.get(i) - mean);
            squares += distance * distance;
        }
        return new Trend(mean, together / squares, hours.get(hours.size() - 1) - hours.get(0));
    }

    /** Of the line, from the first sample to the last. */
    double growth() {
        return slopePerHour * hours;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
