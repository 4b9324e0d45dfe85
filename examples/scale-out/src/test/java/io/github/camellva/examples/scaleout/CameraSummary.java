package io.github.camellva.examples.scaleout;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What became of the frames of one camera.
 *
 * @param acknowledged  by the gateway
 * @param notProcessed  acknowledged without having been taken
 * @param failed        without an answer
 * @param results       in Kafka
 * @param duplicates    results of a frame that has one already
 * @param outOfOrder    frames whose first result is behind that of a later frame
 * @param withoutResult acknowledged frames without result
 * @param longestGap    between two results
 * @param workers       that looked at it, one after the other
 */
record CameraSummary(
        String camera, long acknowledged, long notProcessed, long failed, long results, long duplicates, long outOfOrder,
        long withoutResult, Duration longestGap, List<String> workers) {

    private static final String COLUMNS = "%-10s %6s %6s %8s %11s %13s %15s %12s  %s";

    CameraSummary {
        workers = List.copyOf(workers);
    }

    /** To a gateway. */
    long sent() {
        return acknowledged + notProcessed + failed;
    }

    static String heading() {
        return String.format(COLUMNS, "camera", "sent", "acked", "results", "duplicates", "out of order", "without result",
                "longest gap", "workers");
    }

    String line() {
        return String.format(Locale.ROOT, COLUMNS, camera, sent(), acknowledged, results, duplicates, outOfOrder, withoutResult,
                String.format(Locale.ROOT, "%.1f s", longestGap.toMillis() / 1e3), String.join(", then ", workers));
    }
}
