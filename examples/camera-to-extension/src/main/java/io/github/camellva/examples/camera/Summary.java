package io.github.camellva.examples.camera;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param sent     frames
 * @param answered frames
 * @param failed   frames
 * @param leftOut  frames of a camera that came while too many waited for their answer
 * @param problems with the source: what kept frames from being sent
 * @param duration from the first frame sent to the last answer
 */
public record Summary(long sent, long answered, long failed, long leftOut, List<String> problems, Duration duration)
        implements Outcome {

    public Summary {
        problems = List.copyOf(problems);
    }

    @Override
    public boolean isComplete() {
        return sent > 0 && answered == sent && problems.isEmpty();
    }

    public double framesPerSecond() {
        return duration.isZero() ? 0 : answered * 1e9 / duration.toNanos();
    }

    /** For people, on one line. */
    String counts() {
        return String.format(Locale.ROOT, "%d frames sent, %d answered, %d failed%s, %.1f s, %.1f frames/s",
                sent, answered, failed, leftOut > 0 ? ", " + leftOut + " left out" : "",
                duration.toNanos() / 1e9, framesPerSecond());
    }
}
