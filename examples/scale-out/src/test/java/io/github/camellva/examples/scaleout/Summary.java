package io.github.camellva.examples.scaleout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

import io.github.camellva.examples.rig.Outcome;

/** What came of a run. */
record Summary(List<CameraSummary> cameras) implements Outcome {

    Summary {
        cameras = List.copyOf(cameras);
    }

    /** Every frame was acknowledged and has a result, and the results of a camera are in order. */
    @Override
    public boolean isComplete() {
        return sent() > 0 && acknowledged() == sent() && sum(CameraSummary::withoutResult) == 0
               && sum(CameraSummary::outOfOrder) == 0;
    }

    long sent() {
        return sum(CameraSummary::sent);
    }

    long acknowledged() {
        return sum(CameraSummary::acknowledged);
    }

    long results() {
        return sum(CameraSummary::results);
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(CameraSummary.heading());
        cameras.forEach(camera -> lines.add(camera.line()));
        lines.add(String.format("%d results, %d of them duplicates, %d out of order", results(),
                sum(CameraSummary::duplicates), sum(CameraSummary::outOfOrder)));
        if (acknowledged() < sent()) {
            lines.add(sum(CameraSummary::notProcessed) + " frames were not processed, "
                      + sum(CameraSummary::failed) + " failed");
        }
        lines.add(String.format("acknowledged %d of %d frames, %d without a result", acknowledged(), sent(),
                sum(CameraSummary::withoutResult)));
        return lines;
    }

    private long sum(ToLongFunction<CameraSummary> count) {
        return cameras.stream().mapToLong(count).sum();
    }
}
