package io.github.camellva.examples.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The figures of one turn of a contestant, or the medians of several turns.
 *
 * @param cpuMicros        CPU time of the contestant's process per frame
 * @param allocatedBytes   heap that the process allocated per frame
 * @param peakResidentMega peak memory of the process, MB
 * @param notProcessed     frames that were acknowledged alone
 * @param wrong            wrong and missing answers
 */
record Measurement(
        double framesPerSecond, double p50Micros, double p99Micros, double cpuMicros, double allocatedBytes,
        double peakResidentMega, long notProcessed, long wrong) {

    /** The median of each figure, and the sums of frames that were not processed and of wrong answers. */
    static Measurement medians(List<Measurement> turns) {
        return new Measurement(
                median(turns, Measurement::framesPerSecond), median(turns, Measurement::p50Micros),
                median(turns, Measurement::p99Micros), median(turns, Measurement::cpuMicros),
                median(turns, Measurement::allocatedBytes), median(turns, Measurement::peakResidentMega),
                turns.stream().mapToLong(Measurement::notProcessed).sum(),
                turns.stream().mapToLong(Measurement::wrong).sum());
    }

    private static double median(List<Measurement> turns, ToDoubleFunction<Measurement> figure) {
        return median(turns.stream().mapToDouble(figure));
    }

    static double median(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
}
