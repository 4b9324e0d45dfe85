package io.github.camellva.grpc;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets so many samples of a camera through in a second, evenly, by the time the samples were taken: a recording that is sent faster
 * than it was made loses no more of them. Safe for use by many threads.
 */
final class SampleRate {

    /** Times are counted in whole ticks, so that a sample can seem to come a little early. */
    private static final double ROUNDING = 0.01;

    private final double intervalSeconds;
    /** When the next sample of a camera is due, in seconds; the camera that was seen longest ago is forgotten first. */
    private final Map<String, Double> due;

    /** @param perSecond more than 0 */
    SampleRate(double perSecond, int mostCameras) {
        this.intervalSeconds = 1 / perSecond;
        this.due = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Double> eldest) {
                return size() > mostCameras;
            }
        };
    }

    /** Whether a sample is to be sent. */
    synchronized boolean admits(String camera, double seconds) {
        Double next = due.get(camera);
        // time that jumps back is a new beginning
        boolean first = next == null || next - seconds > intervalSeconds;
        if (!first && seconds < next - ROUNDING * intervalSeconds) {
            return false;
        }
        // counted from when it was due, so that the rate is kept on average; after a gap, from now
        double from = first || seconds - next > intervalSeconds ? seconds : next;
        due.put(camera, from + intervalSeconds);
        return true;
    }
}
