package io.github.camellva.grpc.stream;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Counts the samples of all sessions of one pipeline, those that have ended included. Safe for use by many threads. */
public final class PipelineCounts {

    private final LongConsumer latency;
    private final LongAdder sessions = new LongAdder();
    private final LongAdder samples = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Map<SampleOutcome, LongAdder> outcomes = new EnumMap<>(SampleOutcome.class);

    /** @param latency is told of every sample that was answered or failed how many nanoseconds it took */
    PipelineCounts(LongConsumer latency) {
        this.latency = latency;
        for (SampleOutcome outcome : SampleOutcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    /** Sessions that are open now. */
    public long sessions() {
        return sessions.sum();
    }

    /** Samples that have come, or were sent. */
    public long samples() {
        return samples.sum();
    }

    /** Of their pictures. */
    public long bytes() {
        return bytes.sum();
    }

    /** Samples of which it is not known yet how they end. */
    public long inFlight() {
        // in this order, since a sample may end in between, and never before it began
        long ended = outcomes.values().stream().mapToLong(LongAdder::sum).sum();
        return samples.sum() - ended;
    }

    public long ended(SampleOutcome outcome) {
        return outcomes.get(outcome).sum();
    }

    void sessionOpened() {
        sessions.increment();
    }

    void sessionEnded() {
        sessions.decrement();
    }

    void sampleBegan(long contentBytes) {
        samples.increment();
        bytes.add(contentBytes);
    }

    void sampleEnded(SampleOutcome outcome, long nanos) {
        outcomes.get(outcome).increment();
        if (outcome == SampleOutcome.ANSWERED || outcome == SampleOutcome.FAILED) {
            latency.accept(nanos);
        }
    }
}
