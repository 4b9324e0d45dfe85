package io.github.camellva.grpc.stream;

import java.time.Instant;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.proto.GraphIdentifier;
import org.jspecify.annotations.Nullable;

/** Counts the samples of one session, and lets its pipeline count them too. Safe for use by many threads. */
final class SessionCounts {

    private static final double NANOS_PER_MILLI = 1e6;

    private final PipelineCounts pipeline;
    private final SampleOutcome alone;
    private final Instant opened;
    @GuardedBy("this")
    private long samples;
    @GuardedBy("this")
    private long bytes;
    @GuardedBy("this")
    private long answered;
    @GuardedBy("this")
    private long acknowledgedAlone;
    @GuardedBy("this")
    private long failed;
    @GuardedBy("this")
    private long nanos;
    @GuardedBy("this")
    private long lastNanos;
    @GuardedBy("this")
    private @Nullable String lastError;

    /**
     * Of a session that was opened just now.
     *
     * @param alone what an acknowledgement alone means to this party
     */
    SessionCounts(PipelineCounts pipeline, SampleOutcome alone, Instant opened) {
        this.pipeline = pipeline;
        this.alone = alone;
        this.opened = opened;
        pipeline.sessionOpened();
    }

    synchronized void sampleBegan(long contentBytes) {
        samples++;
        bytes += contentBytes;
        pipeline.sampleBegan(contentBytes);
    }

    synchronized void answered(long sampleNanos) {
        answered++;
        took(sampleNanos);
        pipeline.sampleEnded(SampleOutcome.ANSWERED, sampleNanos);
    }

    synchronized void acknowledgedAlone(long sampleNanos) {
        acknowledgedAlone++;
        pipeline.sampleEnded(alone, sampleNanos);
    }

    synchronized void failed(long sampleNanos, String error) {
        failed++;
        lastError = error;
        took(sampleNanos);
        pipeline.sampleEnded(SampleOutcome.FAILED, sampleNanos);
    }

    void sessionEnded() {
        pipeline.sessionEnded();
    }

    synchronized SessionReport report(String id, String peer, GraphIdentifier graph, String format, DataTransfer transfer) {
        long ended = answered + failed;
        return new SessionReport(
                id, peer, graph.getGraphInstanceName(), graph.getGraphNodeName(), format, transfer, opened,
                (int) (samples - ended - acknowledgedAlone), samples, bytes, answered, alone, acknowledgedAlone, failed,
                ended == 0 ? 0 : nanos / NANOS_PER_MILLI / ended, lastNanos / NANOS_PER_MILLI, lastError);
    }

    @GuardedBy("this")
    private void took(long sampleNanos) {
        nanos += sampleNanos;
        lastNanos = sampleNanos;
    }

    /**
     * For the line about the session's end.
     *
     * @param known what the line has already, and the counts need not repeat
     */
    synchronized String summary(@Nullable String known) {
        return answered + " answered, " + acknowledgedAlone + " " + alone.words() + ", " + failed + " failed"
               + (lastError == null || lastError.equals(known) ? "" : " (the last: " + lastError + ")");
    }
}
