package io.github.camellva.examples.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What came of one load: of each run the turns of each contestant. */
record Result(Load load, List<Map<Contestant, List<Measurement>>> runs) {

    Result and(Result more) {
        return new Result(load, Stream.concat(runs.stream(), more.runs.stream()).toList());
    }

    Set<Contestant> contestants() {
        return runs.get(0).keySet();
    }

    List<Measurement> turns(Contestant contestant) {
        return runs.stream().flatMap(run -> run.get(contestant).stream()).toList();
    }

    Measurement medians(Contestant contestant) {
        return Measurement.medians(turns(contestant));
    }

    boolean hasBare() {
        return contestants().contains(bare());
    }

    /** The median of {@link #ratios}. */
    double ratio(Contestant contestant, ToDoubleFunction<Measurement> figure) {
        return Measurement.median(ratios(contestant, figure));
    }

    /** Of each run the contestant's median to that of the bare contestant, which must have been measured. */
    DoubleStream ratios(Contestant contestant, ToDoubleFunction<Measurement> figure) {
        return runs.stream().mapToDouble(run -> figure.applyAsDouble(Measurement.medians(run.get(contestant)))
                                                / figure.applyAsDouble(Measurement.medians(run.get(bare()))));
    }

    long notProcessed() {
        return sum(Measurement::notProcessed);
    }

    long wrong() {
        return sum(Measurement::wrong);
    }

    boolean isComplete() {
        return notProcessed() == 0 && wrong() == 0;
    }

    private long sum(ToLongFunction<Measurement> count) {
        return contestants().stream().map(this::medians).mapToLong(count).sum();
    }

    private Contestant bare() {
        return Contestant.bare(load.side());
    }
}
