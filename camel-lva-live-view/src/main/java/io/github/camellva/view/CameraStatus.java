package io.github.camellva.view;

import java.util.List;

import io.github.camellva.grpc.OpenSession;

/**
 * How a camera's open sessions are doing.
 *
 * @param frames          that have come in them
 * @param skipped         acknowledged alone
 * @param framesPerSecond since the status before; negative when there was none
 * @param latencyMillis   of the last frame
 * @param format          for people
 * @param timeNanos       when this was found out
 * @param changedNanos    when a frame was last seen to have come
 */
record CameraStatus(
        int sessions, long frames, long answered, long skipped, String skippedName, long failed, double framesPerSecond,
        double latencyMillis, String format, String transfer, long timeNanos, long changedNanos) {

    static final CameraStatus UNKNOWN = new CameraStatus(
            0, 0, 0, 0, "skipped", 0, -1, 0, "", "none", System.nanoTime(), System.nanoTime());

    private static final double NANOS_PER_SECOND = 1e9;

    /** What follows when these sessions are open. */
    CameraStatus next(List<OpenSession> open, long now) {
        if (open.isEmpty()) {
            return new CameraStatus(
                    0, frames, answered, skipped, skippedName, failed, 0, latencyMillis, format, transfer, now, changedNanos);
        }
        long total = open.stream().mapToLong(OpenSession::frames).sum();
        // fewer than before: sessions have ended, and others begun
        long come = total < frames ? total : total - frames;
        OpenSession busiest = open.stream().reduce((a, b) -> b.frames() > a.frames() ? b : a).orElseThrow();
        boolean first = this == UNKNOWN;
        return new CameraStatus(
                open.size(), total, open.stream().mapToLong(OpenSession::answered).sum(),
                open.stream().mapToLong(OpenSession::alone).sum(), busiest.aloneName(),
                open.stream().mapToLong(OpenSession::failed).sum(),
                first ? -1 : come * NANOS_PER_SECOND / Math.max(1, now - timeNanos), busiest.lastMillis(), busiest.format(),
                busiest.dataTransfer(), now, come > 0 || first ? now : changedNanos);
    }
}
