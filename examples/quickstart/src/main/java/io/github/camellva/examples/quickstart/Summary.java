package io.github.camellva.examples.quickstart;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param sent              frames
 * @param answered          frames
 * @param problems          anything that kept frames from being sent or answered
 * @param duration          from the first frame sent to the last answer
 * @param latencies         from sending a frame to its answer, the shortest first
 * @param motions           boxes in all answers
 * @param classifications   tags in all answers
 * @param documentsExpected over MQTT: one for each answer that has inferences
 * @param documents         that came over MQTT
 */
public record Summary(
        long sent, long answered, List<String> problems, Duration duration, List<Duration> latencies, long motions,
        long classifications, long documentsExpected, long documents) implements Outcome {

    public Summary {
        problems = List.copyOf(problems);
        latencies = latencies.stream().sorted().toList();
    }

    @Override
    public boolean isComplete() {
        return sent > 0 && answered == sent && problems.isEmpty();
    }

    public double framesPerSecond() {
        return duration.isZero() ? 0 : answered * 1e9 / duration.toNanos();
    }

    /** The latency that this percentage of the frames did not exceed. */
    public Duration latency(int percent) {
        int rank = (int) Math.ceil(latencies.size() * percent / 100.0);
        return rank == 0 ? Duration.ZERO : latencies.get(rank - 1);
    }

    /** For people. */
    List<String> lines() {
        return List.of(
                String.format(Locale.ROOT, "%d frames in %.1f s, %.1f frames/s",
                        answered, duration.toNanos() / 1e9, framesPerSecond()),
                String.format(Locale.ROOT, "latency %.1f ms median, %.1f ms 99th percentile",
                        latency(50).toNanos() / 1e6, latency(99).toNanos() / 1e6),
                String.format(Locale.ROOT, "%d inferences: %d motion, %d classification",
                        motions + classifications, motions, classifications),
                documents + " of " + documentsExpected + " documents over MQTT",
                "answered " + answered + " of " + sent + " frames");
    }
}
