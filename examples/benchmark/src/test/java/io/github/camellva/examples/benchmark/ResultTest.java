package io.github.camellva.examples.benchmark;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ResultTest {

    private static final Load LOAD = new Load(Side.NODES, Payload.EMPTY, Transfer.EMBEDDED, 1, 8);

    @Test
    void aRatioIsThatOfMediansWithinARunAndThenTheMedianOfTheRuns() {
        Result result = run(turns(2, 1, 3), turns(4, 4, 400))
                .and(run(turns(100, 100, 100), turns(110, 110, 110)))
                .and(run(turns(10), turns(30)));
        assertThat(result.ratios(Contestant.NODE_LVAGRPC, Measurement::cpuMicros)).containsExactly(2.0, 1.1, 3.0);
        assertThat(result.ratio(Contestant.NODE_LVAGRPC, Measurement::cpuMicros)).isEqualTo(2);
    }

    @Test
    void mediansAreThoseOfAllTurnsOfAllRuns() {
        Result result = run(turns(1, 2), turns(1)).and(run(turns(3, 40), turns(1)));
        assertThat(result.medians(Contestant.NODE_BARE_DIRECT).cpuMicros()).isEqualTo(2.5);
    }

    @Test
    void wrongAnswersOfAllTurnsAreCounted() {
        assertThat(run(turns(1, 2), turns(1, 2)).and(run(turns(3), turns(3))).wrong()).isEqualTo(6);
    }

    @Test
    void framesThatWereNotProcessedAreCountedApartAndLeaveTheResultIncomplete() {
        Measurement skipped = new Measurement(1, 1, 1, 1, 1, 1, 3, 0);
        Result result = run(List.of(skipped), List.of(skipped, skipped));
        assertThat(result).extracting(Result::notProcessed, Result::wrong, Result::isComplete).containsExactly(9L, 0L, false);
    }

    private static Result run(List<Measurement> bare, List<Measurement> component) {
        return new Result(LOAD, List.of(Map.of(Contestant.NODE_BARE_DIRECT, bare, Contestant.NODE_LVAGRPC, component)));
    }

    private static List<Measurement> turns(double... cpuMicros) {
        return DoubleStream.of(cpuMicros).mapToObj(cpu -> new Measurement(1, 1, 1, cpu, 1, 1, 1, 1)).toList();
    }
}
