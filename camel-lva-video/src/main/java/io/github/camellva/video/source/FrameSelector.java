package io.github.camellva.video.source;

/** Chooses so many frames of each second by their times. Confined to the thread that plays. */
final class FrameSelector {

    /** Part of the interval by which a frame may come too early, since cameras are not exact. */
    private static final double TOLERANCE = 0.05;

    private final double intervalMicros;
    private double next = Double.NEGATIVE_INFINITY;

    /** @param framesPerSecond 0 for all */
    FrameSelector(double framesPerSecond) {
        this.intervalMicros = framesPerSecond == 0 ? 0 : 1e6 / framesPerSecond;
    }

    /** Whether to take a frame; then others are not until the interval is over. */
    boolean take(long takenMicros) {
        if (takenMicros < next - TOLERANCE * intervalMicros) {
            return false;
        }
        // keeps to the rhythm, unless it is lost
        next = takenMicros - next > intervalMicros ? takenMicros + intervalMicros : next + intervalMicros;
        return true;
    }
}
