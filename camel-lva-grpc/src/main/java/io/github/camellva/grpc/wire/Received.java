package io.github.camellva.grpc.wire;

import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;

/**
 * What the marshaller made of a message. gRPC tells the peer UNKNOWN whatever a marshaller throws, so a message that cannot be
 * taken is handed on as its refusal, for the session to end with.
 */
public final class Received {

    private final MediaStreamMessage message;
    private final Status refusal;

    private Received(MediaStreamMessage message, Status refusal) {
        this.message = message;
        this.refusal = refusal;
    }

    public static Received of(MediaStreamMessage message) {
        return new Received(message, null);
    }

    public static Received refused(Status refusal) {
        return new Received(null, refusal);
    }

    /** Null if refused. */
    public MediaStreamMessage message() {
        return message;
    }

    /** Null if taken. */
    public Status refusal() {
        return refusal;
    }
}
