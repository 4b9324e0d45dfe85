package io.github.camellva.examples.rig.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The samples of one process, in their order. */
final class History {

    private final String process;
    private final List<Double> hours = new ArrayList<>();
    private final List<Map<Measure, Double>> samples = new ArrayList<>();

    History(String process) {
        this.process = process;
    }

    void add(double hour, Map<Measure, Double> sample) {
        hours.add(hour);
        samples.add(sample);
    }

    String process() {
        return process;
    }

    List<Double> hours() {
        return hours;
    }

    List<Double> values(Measure measure) {
        return samples.stream().map(sample -> sample.get(measure)).toList();
    }

    /** @param warmUp hours that are left out */
    Trend trend(Measure measure, double warmUp) {
        int first = (int) hours.stream().filter(hour -> hour < warmUp).count();
        return Trend.of(hours.subList(first, hours.size()), values(measure).subList(first, samples.size()));
    }
}
