package io.github.camellva.examples.springboot;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param counted frames that are answered as the metrics say
 * @param health  while cameras were sending; null when it was stopped before
 */
record Summary(FrameCounts counts, long counted, RouteHealth health) implements Outcome {

    @Override
    public boolean isComplete() {
        return counts.isComplete() && counted == counts.answered() && isHealthy();
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                counts.leftOut() + " frames were dropped because too many were unanswered",
                counted + " answered frames are in the metrics"));
        lines.addAll(counts.lastLines());
        return lines;
    }

    private boolean isHealthy() {
        return health == null || health.application().equals("UP") && health.status().equals("UP");
    }
}
