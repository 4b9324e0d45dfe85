package io.github.camellva.examples.benchmark;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counts answers and measures how long they took, from one reading to the next. Thread-safe. */
final class Meter {

    private static final int DIGITS = 3;
    private static final double MEDIAN = 50;
    private static final double MOST = 99;

    private final Recorder latencies = new Recorder(TimeUnit.MINUTES.toNanos(1), DIGITS);
    private final AtomicLong notProcessed = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private Histogram reading;
    private long lastRead = System.nanoTime();

    void answered(long nanos) {
        latencies.recordValue(nanos);
    }

    void notProcessed() {
        notProcessed.getAndIncrement();
    }

    /** @param what is printed, if it is the first since the last reading */
    void wrong(String what) {
        if (wrong.getAndIncrement() == 0) {
            System.err.println(what);
        }
    }

    synchronized Reading read() {
        reading = latencies.getIntervalHistogram(reading);
        long now = System.nanoTime();
        long nanos = now - lastRead;
        lastRead = now;
        return new Reading(
                reading.getTotalCount(), nanos, reading.getValueAtPercentile(MEDIAN), reading.getValueAtPercentile(MOST),
                notProcessed.getAndSet(0), wrong.getAndSet(0));
    }

    /**
     * @param answers      since the last reading
     * @param nanos        since the last reading
     * @param p50Nanos     median of the round trips
     * @param p99Nanos     99th percentile of the round trips
     * @param notProcessed frames that were acknowledged alone
     * @param wrong        wrong answers and failures
     */
    record Reading(long answers, long nanos, long p50Nanos, long p99Nanos, long notProcessed, long wrong) {

        /** As one line, for {@link #parse}. */
        String format() {
            return answers + " " + nanos + " " + p50Nanos + " " + p99Nanos + " " + notProcessed + " " + wrong;
        }

        static Reading parse(String line) {
            String[] parts = line.split(" ");
            return new Reading(
                    Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]), Long.parseLong(parts[5]));
        }
    }
}
