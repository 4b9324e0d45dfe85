package io.github.camellva.grpc;

import java.util.List;

import org.apache.camel.Message;

/** Decides which samples a producer does not send. */
final class Sampling {

    private final LvaGrpcConfiguration configuration;
    private final OutgoingFrames frames;
    /** Null when all are sent. */
    private final SampleRate rate;

    Sampling(LvaGrpcConfiguration configuration, OutgoingFrames frames) {
        this.configuration = configuration;
        this.frames = frames;
        this.rate = configuration.getMaximumSamplesPerSecond() > 0
                ? new SampleRate(configuration.getMaximumSamplesPerSecond(), configuration.getMaxSessions()) : null;
    }

    boolean leavesOut(Message message) {
        if (configuration.isSkipSamplesWithoutAnnotation()) {
            List<?> upstream = message.getHeader(LvaGrpcConstants.INFERENCES, List.class);
            if (upstream == null || upstream.isEmpty()) {
                return true;
            }
        }
        return rate != null && !rate.admits(
                frames.graphInstanceName(message), frames.timestamp(message) / (double) frames.timescale(message));
    }
}
