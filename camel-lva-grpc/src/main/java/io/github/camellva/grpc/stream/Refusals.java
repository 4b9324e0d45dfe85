package io.github.camellva.grpc.stream;

import java.time.Duration;

import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;

/** What a node is told that breaks a rule of the protocol: the rule, and what it did. */
final class Refusals {

    private Refusals() {
    }

    static Status notADescriptor(MediaStreamMessage message) {
        return Status.INVALID_ARGUMENT.withDescription(
                "the first message carries " + (message.hasMediaSample() ? "a media_sample" : "no payload")
                                                       + "; it must carry a media_stream_descriptor");
    }

    static Status secondDescriptor(MediaStreamMessage message) {
        return Status.INVALID_ARGUMENT.withDescription(
                "message " + Long.toUnsignedString(message.getSequenceNumber()) + " carries a second media_stream_descriptor;"
                                                       + " a session has one, open a new session for another format");
    }

    static Status notIncreasing(MediaStreamMessage message, long lastReceived) {
        return Status.INVALID_ARGUMENT.withDescription(
                "sequence_number " + Long.toUnsignedString(message.getSequenceNumber()) + " came after "
                                                       + Long.toUnsignedString(lastReceived)
                                                       + "; every message needs a greater number than the one before");
    }

    /** Not the node's fault: it may come back when it has something to say. */
    static Status idle(Duration maxIdle) {
        return Status.UNAVAILABLE.withDescription(
                "no message came for " + maxIdle.toMillis() + " ms; open a session again when there is a sample,"
                                                  + " or raise the extension's maxSessionIdle");
    }

    static Status noMessage() {
        return Status.DEADLINE_EXCEEDED.withDescription(
                "no message came; the first message must carry a media_stream_descriptor");
    }
}
