package io.github.camellva.examples.rig;

import java.util.ArrayList;
import java.util.List;

/**
 * How many frames came to what.
 *
 * @param sent         to the extension
 * @param leftOut      not sent, because too many waited for their answer
 * @param answered     looked at by the extension
 * @param notProcessed acknowledged without having been looked at
 * @param failed       without an answer
 */
public record FrameCounts(long sent, long leftOut, long answered, long notProcessed, long failed) implements Outcome {

    /** Every frame that was sent has been looked at, and there were some. */
    @Override
    public boolean isComplete() {
        return sent > 0 && answered == sent;
    }

    /** Without an outcome so far. */
    public long inFlight() {
        return sent - answered - notProcessed - failed;
    }

    /** The end of what an example prints; the frames without an answer come first, if there are any. */
    public List<String> lastLines() {
        List<String> lines = new ArrayList<>();
        if (notProcessed + failed > 0) {
            lines.add(notProcessed + " frames were not processed, " + failed + " failed");
        }
        lines.add("answered " + answered + " of " + sent + " frames");
        return lines;
    }
}
