package io.github.camellva.examples.springboot;

import java.util.List;

import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param sent     frames
 * @param leftOut  frames that came while too many waited for their answer
 * @param answered frames
 * @param counted  frames that are answered as the metrics say
 * @param health   while cameras were sending; null when it was stopped before
 * @param problems with frames
 */
public record Summary(
        long sent, long leftOut, long answered, long counted, RouteHealth health, List<String> problems) implements Outcome {

    public Summary {
        problems = List.copyOf(problems);
    }

    @Override
    public boolean isComplete() {
        return sent > 0 && answered == sent && counted == answered && problems.isEmpty() && isHealthy();
    }

    /** For people. */
    List<String> lines() {
        return List.of(
                leftOut + " frames were left out because too many waited for their answer",
                counted + " answered frames are in the metrics",
                "answered " + answered + " of " + sent + " frames");
    }

    private boolean isHealthy() {
        return health == null || health.application().equals("UP") && health.status().equals("UP");
    }
}
