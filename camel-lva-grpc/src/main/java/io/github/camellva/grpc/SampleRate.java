package io.github.camellva.grpc;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits each camera to an even rate of samples, by the time they were taken: a recording that is sent faster than it was made
 * loses no more of them. Safe for use by many threads.
 */
final class SampleRate {

    /** Timestamps are whole ticks, so a sample can seem to come a little early. */
    private static final double ROUNDING = 0.01;

    private final double intervalSeconds;
    /** When each camera's next sample is due, in seconds; the camera not seen for the longest time is forgotten first. */
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

    /** Whether to send a sample. */
    synchronized boolean admits(String camera, double seconds) {
        Double next = due.get(camera);
        // after a jump back in time, start anew
        boolean first = next == null || next - seconds > intervalSeconds;
        if (!first && seconds < next - ROUNDING * intervalSeconds) {
            return false;
        }
        // from when it was due, to keep the rate on average; after a gap, from now
        double from = first || seconds - next > intervalSeconds ? seconds : next;
        due.put(camera, from + intervalSeconds);
        return true;
    }
}
