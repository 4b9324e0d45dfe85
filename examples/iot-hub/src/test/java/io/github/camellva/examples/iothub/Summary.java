package io.github.camellva.examples.iothub;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param published frames whose answer has inferences: the hub has acknowledged these
 * @param renewals  of the token
 * @param losses    of the connection, or attempts to restore it
 * @param arrived   frames that the stand-in hub has messages of; empty with another hub
 */
record Summary(FrameCounts frames, long published, long renewals, long losses, OptionalLong arrived) implements Outcome {

    @Override
    public boolean isComplete() {
        return frames.isComplete() && published == frames.answered() && arrived.orElse(published) == published;
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(arrived.isPresent()
                ? arrived.getAsLong() + " of " + published + " frames have arrived at the stand-in hub"
                : published + " frames have been acknowledged by the hub");
        lines.add(renewals + " renewals of the token, " + losses + " losses of the connection");
        lines.addAll(frames.lastLines());
        if (frames.leftOut() > 0) {
            lines.add(lines.remove(lines.size() - 1) + ", " + frames.leftOut() + " dropped");
        }
        return lines;
    }
}
