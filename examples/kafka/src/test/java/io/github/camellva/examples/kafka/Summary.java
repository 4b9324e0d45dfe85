package io.github.camellva.examples.kafka;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param records    that are on Kafka
 * @param duplicates records of which there was one before
 * @param missing    frames that were answered with findings that are not on Kafka
 * @param problems   with frames or records
 */
record Summary(
        Delivery delivery, FrameCounts frames, long records, long duplicates, long missing, List<String> problems)
        implements Outcome {

    Summary {
        problems = List.copyOf(problems);
    }

    @Override
    public boolean isComplete() {
        return frames.isComplete() && problems.isEmpty() && delivery.isComplete(missing);
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        problems.forEach(problem -> lines.add(String.format("%-10s %s", "problem", problem)));
        lines.add(frames.leftOut() + " frames were dropped because too many were unanswered");
        lines.add(records + " records on Kafka, " + duplicates + " of them duplicates");
        lines.add(missing + " answered frames are not on Kafka");
        lines.addAll(frames.lastLines());
        return lines;
    }
}
