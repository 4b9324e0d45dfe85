package io.github.camellva.grpc.stream;

import java.util.Set;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/**
 * How an extension serves every session.
 *
 * @param extensionIdentifier sent in the descriptor reply
 * @param maxMessageSize      the largest message and the largest frame that is served, bytes
 * @param maxInFlight         frames of one session that are in the route at once, 1 or more
 * @param encodings           those accepted
 * @param pixelFormats        those accepted for RAW frames
 * @param sharedMemoryUse     whose shared memory is taken
 * @param sharedMemory        opens the buffers that nodes offer
 * @param failureText         what a node may read of a failure when {@code onFailure} is CLOSE
 * @param limits              of each session
 * @param meters              counts what happens in all sessions
 */
public record SessionSettings(
        String extensionIdentifier, int maxMessageSize, int maxInFlight, Overflow overflow, AnswerOrder answerOrder,
        Set<Encoding> encodings, Set<PixelFormat> pixelFormats, SharedMemoryUse sharedMemoryUse, SharedMemoryOpener sharedMemory,
        OnFailure onFailure, FailureText failureText, SessionLimits limits, PipelineMeters meters) {

    /** Says as much of a failure as a node may know. */
    @FunctionalInterface
    public interface FailureText {
        String of(Throwable failure);
    }
}
