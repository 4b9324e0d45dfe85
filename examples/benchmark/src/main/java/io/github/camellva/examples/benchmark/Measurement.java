package io.github.camellva.examples.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one turn of a contestant came to, or the medians of several turns.
 *
 * @param cpuMicros        of the server, per frame
 * @param allocatedBytes   by the server, per frame
 * @param peakResidentMega the most memory of the server, MB
 * @param wrong            answers that were not as they should be, or did not come
 */
record Measurement(
        double framesPerSecond, double p50Micros, double p99Micros, double cpuMicros, double allocatedBytes,
        double peakResidentMega, long wrong) {

    /** Of each figure the median, of what is wrong the sum. */
    static Measurement medians(List<Measurement> turns) {
        return new Measurement(
                median(turns, Measurement::framesPerSecond), median(turns, Measurement::p50Micros),
                median(turns, Measurement::p99Micros), median(turns, Measurement::cpuMicros),
                median(turns, Measurement::allocatedBytes), median(turns, Measurement::peakResidentMega),
                turns.stream().mapToLong(Measurement::wrong).sum());
    }

    private static double median(List<Measurement> turns, ToDoubleFunction<Measurement> figure) {
        double[] sorted = turns.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
}
