package io.github.camellva.tools.replay;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

import io.github.camellva.tools.answers.Agreement;
import io.github.camellva.tools.answers.FrameDiff;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What came of a replay. Safe for use by many threads. */
final class Results {

    private static final long MAX_MICROS = Duration.ofHours(1).toNanos() / 1000;
    private static final int MAX_WORST = 20;

    /** A frame whose answers differ. */
    record Differing(Comparison frame, FrameDiff diff) {
    }

    private final double minIou;
    private final Histogram before = new Histogram(MAX_MICROS, 3);
    private final Histogram now = new Histogram(MAX_MICROS, 3);
    private final Agreement agreement = new Agreement();
    /** The least bad first, to be replaced by a worse one. */
    private final PriorityQueue<Differing> worst
            = new PriorityQueue<>(Comparator.comparingInt(differing -> differing.diff().differences()));
    private long sent;
    private long answered;
    private long notProcessed;
    private long failed;
    private @Nullable String failure;
    private long notRecorded;
    private long compared;
    private long alike;

    Results(double minIou) {
        this.minIou = minIou;
    }

    synchronized void sent() {
        sent++;
    }

    /** A sample whose frame is not in the recording. */
    synchronized void notRecorded() {
        notRecorded++;
    }

    synchronized void answered(long nanos, boolean looked) {
        if (looked) {
            answered++;
        } else {
            notProcessed++;
        }
        now.recordValue(micros(nanos));
    }

    synchronized void failed(String reason) {
        failed++;
        failure = reason;
    }

    synchronized void compare(Comparison frame) {
        compared++;
        before.recordValue(micros(frame.beforeNanos()));
        FrameDiff diff = FrameDiff.of(frame.findingsBefore(), frame.findingsNow(), minIou);
        agreement.add(diff);
        if (diff.differences() == 0) {
            alike++;
            return;
        }
        worst.add(new Differing(frame, diff));
        if (worst.size() > MAX_WORST) {
            worst.poll();
        }
    }

    /** All frames have an answer. */
    synchronized boolean isComplete() {
        return failed == 0 && notProcessed == 0 && notRecorded == 0;
    }

    /** 0 to 1, over all tags. */
    synchronized double agreement() {
        return agreement.total().agreement();
    }

    synchronized long compared() {
        return compared;
    }

    synchronized Map<String, Agreement.Tally> tags() {
        return new LinkedHashMap<>(agreement.tags());
    }

    /** The worst first. */
    synchronized List<Differing> worst() {
        return worst.stream().sorted(worst.comparator().reversed()).toList();
    }

    /** For people and for JSON, in the order of reading. */
    synchronized Map<String, Object> toMap(boolean diff) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("sent", sent);
        map.put("answered", answered);
        map.put("notProcessed", notProcessed);
        map.put("failed", failed);
        if (failure != null) {
            map.put("lastFailure", failure);
        }
        map.put("framesNotRecorded", notRecorded);
        map.put("latencyMillisP50", now.getValueAtPercentile(50) / 1000.0);
        map.put("latencyMillisP99", now.getValueAtPercentile(99) / 1000.0);
        if (diff) {
            map.put("recordedLatencyMillisP50", before.getValueAtPercentile(50) / 1000.0);
            map.put("recordedLatencyMillisP99", before.getValueAtPercentile(99) / 1000.0);
            map.put("compared", compared);
            map.put("alike", alike);
            map.put("agreement", rounded(agreement()));
            Map<String, Object> tags = new LinkedHashMap<>();
            agreement.tags().forEach((tag, tally) -> tags.put(tag, toMap(tally)));
            map.put("tags", tags);
        }
        return map;
    }

    private static Map<String, Object> toMap(Agreement.Tally tally) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("agreement", rounded(tally.agreement()));
        map.put("same", tally.same());
        map.put("moved", tally.moved());
        map.put("missed", tally.missed());
        map.put("new", tally.added());
        return map;
    }

    private static double rounded(double fraction) {
        return Math.round(fraction * 10_000) / 10_000.0;
    }

    private static long micros(long nanos) {
        return Math.min(Math.max(0, nanos / 1000), MAX_MICROS);
    }
}
