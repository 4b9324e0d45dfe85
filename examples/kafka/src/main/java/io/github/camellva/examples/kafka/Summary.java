package io.github.camellva.examples.kafka;

import java.util.List;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param sent       frames
 * @param leftOut    frames that came while too many waited for their answer
 * @param answered   frames
 * @param records    that are on Kafka
 * @param duplicates records of which there was one before
 * @param missing    frames that were answered with findings that are not on Kafka
 * @param problems   with frames or records
 */
public record Summary(
        Delivery delivery, long sent, long leftOut, long answered, long records, long duplicates, long missing,
        List<String> problems) implements Outcome {

    public Summary {
        problems = List.copyOf(problems);
    }

    @Override
    public boolean isComplete() {
        return sent > 0 && answered == sent && problems.isEmpty() && delivery.isComplete(missing);
    }

    /** For people. */
    List<String> lines() {
        return Stream.concat(
                problems.stream().map(problem -> String.format("%-10s %s", "problem", problem)),
                Stream.of(
                        leftOut + " frames were left out because too many waited for their answer",
                        records + " records on Kafka, " + duplicates + " of them duplicates",
                        missing + " answered frames are not on Kafka",
                        "answered " + answered + " of " + sent + " frames"))
                .toList();
    }
}
