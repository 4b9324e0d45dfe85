package io.github.camellva.examples.quickstart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param problem           that kept the source from being read to its end
 * @param duration          from the first frame sent to the last answer
 * @param latencies         from sending a frame to its answer, the shortest first
 * @param motions           boxes in all answers
 * @param classifications   tags in all answers
 * @param documentsExpected over MQTT: one for each answer that has inferences
 * @param documents         that came over MQTT
 */
record Summary(
        FrameCounts counts, Optional<String> problem, Duration duration, List<Duration> latencies, long motions,
        long classifications, long documentsExpected, long documents) implements Outcome {

    Summary {
        latencies = latencies.stream().sorted().toList();
    }

    @Override
    public boolean isComplete() {
        return counts.isComplete() && problem.isEmpty();
    }

    double framesPerSecond() {
        return duration.isZero() ? 0 : counts.answered() * 1e9 / duration.toNanos();
    }

    /** The latency that this percentage of the frames did not exceed. */
    Duration latency(int percent) {
        int rank = (int) Math.ceil(latencies.size() * percent / 100.0);
        return rank == 0 ? Duration.ZERO : latencies.get(rank - 1);
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                String.format(Locale.ROOT, "%d frames in %.1f s, %.1f frames/s",
                        counts.answered(), duration.toNanos() / 1e9, framesPerSecond()),
                String.format(Locale.ROOT, "latency %.1f ms median, %.1f ms 99th percentile",
                        latency(50).toNanos() / 1e6, latency(99).toNanos() / 1e6),
                (motions + classifications) + " inferences: " + motions + " motion, " + classifications + " classification",
                documents + " of " + documentsExpected + " documents over MQTT"));
        lines.addAll(counts.lastLines());
        return lines;
    }
}
