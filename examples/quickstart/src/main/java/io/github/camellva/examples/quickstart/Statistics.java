package io.github.camellva.examples.quickstart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.camellva.proto.Inference;

/** Counts what happens during a run. Safe for use by many threads. */
final class Statistics {

    private final List<Duration> latencies = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long firstSentNanos;
    private long lastAnsweredNanos;
    private long sent;
    private long motions;
    private long classifications;
    private long documentsExpected;
    private long documents;

    synchronized void sent() {
        if (sent++ == 0) {
            firstSentNanos = System.nanoTime();
            lastAnsweredNanos = firstSentNanos;
        }
    }

    synchronized void answered(Duration latency, List<Inference> inferences) {
        lastAnsweredNanos = System.nanoTime();
        latencies.add(latency);
        motions += inferences.stream().filter(Inference::hasMotion).count();
        classifications += inferences.stream().filter(Inference::hasClassification).count();
        if (!inferences.isEmpty()) {
            documentsExpected++;
        }
    }

    synchronized void problem(String what) {
        problems.add(what);
    }

    synchronized void document() {
        documents++;
        notifyAll();
    }

    synchronized long inFlight() {
        return sent - latencies.size();
    }

    synchronized long documentsMissing() {
        return documentsExpected - documents;
    }

    /** Waits for the documents of all answers so far, but not for ever. */
    synchronized void awaitDocuments(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long leftMillis;
        while (documents < documentsExpected
                && (leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())) > 0) {
            wait(leftMillis);
        }
    }

    synchronized Summary summary() {
        return new Summary(
                sent, latencies.size(), problems, Duration.ofNanos(lastAnsweredNanos - firstSentNanos), latencies, motions,
                classifications, documentsExpected, documents);
    }
}
