package io.github.camellva.grpc.stream;

import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;

/**
 * What the marshaller made of a message. gRPC tells the peer UNKNOWN whatever a marshaller throws, so a message that cannot be
 * taken is handed on as its refusal, for the session to end with.
 *
 * @param message null if refused
 * @param refusal null if taken
 */
public record Received(MediaStreamMessage message, Status refusal) {

    public static Received of(MediaStreamMessage message) {
        return new Received(message, null);
    }

    public static Received refused(Status refusal) {
        return new Received(null, refusal);
    }
}
