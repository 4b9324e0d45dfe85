package io.github.camellva.grpc.stream;

import java.time.Instant;

import io.github.camellva.proto.GraphIdentifier;

/** Counts the samples of one session, also for its pipeline. Guarded by the session's lock. */
final class SessionCounts {

    private static final double NANOS_PER_MILLI = 1e6;

    private final PipelineCounts pipeline;
    private final Instant opened = Instant.now();
    private long samples;
    private long bytes;
    private long answered;
    private long skipped;
    private long failed;
    private long nanos;
    private long lastNanos;
    private String lastError;

    /** Of a session that has just been opened. */
    SessionCounts(PipelineCounts pipeline) {
        this.pipeline = pipeline;
        pipeline.sessionOpened();
    }

    void sampleBegan(long contentBytes) {
        samples++;
        bytes += contentBytes;
        pipeline.sampleBegan(contentBytes);
    }

    void answered(long sampleNanos) {
        answered++;
        took(sampleNanos);
        pipeline.sampleEnded(SampleOutcome.ANSWERED, sampleNanos);
    }

    void skipped(long sampleNanos) {
        skipped++;
        pipeline.sampleEnded(SampleOutcome.SKIPPED, sampleNanos);
    }

    void failed(long sampleNanos, String error) {
        failed++;
        lastError = error;
        took(sampleNanos);
        pipeline.sampleEnded(SampleOutcome.FAILED, sampleNanos);
    }

    void sessionEnded() {
        pipeline.sessionEnded();
    }

    SessionReport report(String id, String peer, GraphIdentifier graph, String format, DataTransfer transfer) {
        long ended = answered + failed;
        return new SessionReport(
                id, peer, graph.getGraphInstanceName(), graph.getGraphNodeName(), format, transfer, opened,
                (int) (samples - ended - skipped), samples, bytes, skipped, failed,
                ended == 0 ? 0 : nanos / NANOS_PER_MILLI / ended, lastNanos / NANOS_PER_MILLI, lastError);
    }

    private void took(long sampleNanos) {
        nanos += sampleNanos;
        lastNanos = sampleNanos;
    }
}
