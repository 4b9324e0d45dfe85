package io.github.camellva.examples.iothub;

import java.util.List;
import java.util.OptionalLong;

import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param sent      frames
 * @param answered  frames
 * @param published frames whose answer has inferences: the hub has acknowledged these
 * @param leftOut   frames that came while too many waited for their answer
 * @param renewals  of the token
 * @param losses    of the connection, or attempts to have it back
 * @param arrived   frames that the stand-in hub has messages of; empty with another hub
 */
public record Summary(
        long sent, long answered, long published, long leftOut, long renewals, long losses, OptionalLong arrived)
        implements Outcome {

    @Override
    public boolean isComplete() {
        return sent > 0 && answered == sent && published == answered && arrived.orElse(published) == published;
    }

    /** For people. */
    List<String> lines() {
        String atHub = arrived.isPresent()
                ? arrived.getAsLong() + " of " + published + " frames have arrived at the stand-in hub"
                : published + " frames have been acknowledged by the hub";
        return List.of(
                atHub,
                renewals + " renewals of the token, " + losses + " losses of the connection",
                "answered " + answered + " of " + sent + " frames" + (leftOut == 0 ? "" : ", " + leftOut + " left out"));
    }
}
