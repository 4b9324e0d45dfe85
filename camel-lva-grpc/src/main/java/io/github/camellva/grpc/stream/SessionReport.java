package io.github.camellva.grpc.stream;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What an operator may want to know of a session.
 *
 * @param id                unique for every session
 * @param peer              address and port
 * @param graphInstance     as the node calls its pipeline; may be empty
 * @param graphNode         as the node calls the step in it; may be empty
 * @param format            of the frames, for people
 * @param opened            when the handshake was done
 * @param inFlight          samples that are not answered
 * @param samples           that have come, or were sent
 * @param bytes             of their pictures
 * @param answered          samples that were looked at
 * @param alone             what an acknowledgement alone means to this party
 * @param acknowledgedAlone samples that ended so
 * @param failed            samples whose processing failed, or that got no answer
 * @param meanMillis        from the beginning to the end of a sample, of those that were answered or failed
 * @param lastMillis        the same of the last one
 * @param lastError         why a sample failed last; null when none did
 */
public record SessionReport(
        String id, String peer, String graphInstance, String graphNode, String format, DataTransfer transfer, Instant opened,
        int inFlight, long samples, long bytes, long answered, SampleOutcome alone, long acknowledgedAlone, long failed,
        double meanMillis, double lastMillis, @Nullable String lastError) {
}
