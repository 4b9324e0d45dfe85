package io.github.camellva.examples.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What came of one load: the turns of each contestant, in the order of the table. */
record Result(Load load, Map<Contestant, List<Measurement>> turns) {

    Measurement medians(Contestant contestant) {
        return Measurement.medians(turns.get(contestant));
    }

    /** A contestant's median to that of the bare server without a hop; empty when that was not measured. */
    Optional<Double> ratio(Contestant contestant, ToDoubleFunction<Measurement> figure) {
        return turns.containsKey(Contestant.BARE_DIRECT)
                ? Optional.of(figure.applyAsDouble(medians(contestant)) / figure.applyAsDouble(medians(Contestant.BARE_DIRECT)))
                : Optional.empty();
    }
}
