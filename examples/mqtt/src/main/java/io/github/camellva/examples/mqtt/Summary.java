package io.github.camellva.examples.mqtt;

import java.util.List;

import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param sent      frames of all cameras
 * @param leftOut   frames that cameras did not send, since too many waited for their answer
 * @param answered  frames
 * @param failed    frames without an answer
 * @param expected  documents: one for each answer with inferences
 * @param arrived   documents at the subscriber, each counted once
 * @param again     documents that arrived a second time
 * @param wrong     documents that arrived and were not what they should be
 * @param discarded results that found the queue full, or still waited for the broker when the extension was stopped
 */
public record Summary(
        long sent, long leftOut, long answered, long failed, long expected, long arrived, long again, long wrong,
        long discarded) implements Outcome {

    /** Documents of frames whose answer got lost count, too. */
    @Override
    public boolean isComplete() {
        return sent > 0 && answered == sent && arrived >= expected && wrong == 0 && discarded == 0;
    }

    /** For people. */
    List<String> lines() {
        return List.of(
                arrived + " of " + expected + " documents arrived in order, " + again + " of them again, " + wrong + " wrong",
                discarded + " results discarded, " + leftOut + " frames left out by cameras, " + failed + " failed",
                "answered " + answered + " of " + sent + " frames");
    }
}
