package io.github.camellva.examples.mqtt;

import java.util.List;

import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.Outcome;

/**
 * What came of a run.
 *
 * @param expected  documents: one for each answer with inferences
 * @param arrived   documents at the subscriber, each counted once
 * @param again     documents that arrived a second time
 * @param wrong     documents that arrived and were not what they should be
 * @param discarded results that found the queue full, or still waited for the broker when the extension was stopped
 */
record Summary(FrameCounts counts, long expected, long arrived, long again, long wrong, long discarded) implements Outcome {

    /** Documents of frames whose answer got lost count, too. */
    @Override
    public boolean isComplete() {
        return counts.isComplete() && arrived >= expected && wrong == 0 && discarded == 0;
    }

    /** For people. */
    List<String> lines() {
        String notProcessed = counts.notProcessed() == 0 ? "" : counts.notProcessed() + " not processed, ";
        return List.of(
                arrived + " of " + expected + " documents arrived in order, " + again + " of them again, " + wrong + " wrong",
                discarded + " results discarded, " + counts.leftOut() + " frames dropped by cameras, " + notProcessed
                        + counts.failed() + " failed",
                "answered " + counts.answered() + " of " + counts.sent() + " frames");
    }
}
