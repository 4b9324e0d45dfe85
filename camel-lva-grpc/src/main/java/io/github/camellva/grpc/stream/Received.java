package io.github.camellva.grpc.stream;

import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;

/**
 * What the marshaller made of a message. gRPC tells the peer UNKNOWN whatever a marshaller throws, so a message that cannot be
 * taken is handed on as its refusal, for the session to end with.
 */
public final class Received {

    private final MediaStreamMessage message;
    private final Status refusal;
    private UnreadContent content;

    private Received(MediaStreamMessage message, UnreadContent content, Status refusal) {
        this.message = message;
        this.content = content;
        this.refusal = refusal;
    }

    public static Received of(MediaStreamMessage message) {
        return of(message, null);
    }

    /** @param content of the sample in the message, whose own content is empty; null when the message has it all */
    static Received of(MediaStreamMessage message, UnreadContent content) {
        return new Received(message, content, null);
    }

    public static Received refused(Status refusal) {
        return new Received(null, null, refusal);
    }

    /** Null if refused. */
    public MediaStreamMessage message() {
        return message;
    }

    /** Null if taken. */
    public Status refusal() {
        return refusal;
    }

    /** Hands over what has not been read, for the caller to close; null when there is nothing, or nothing any more. */
    UnreadContent takeContent() {
        UnreadContent taken = content;
        content = null;
        return taken;
    }

    /** Closes what nobody has taken. */
    void close() {
        if (content != null) {
            content.close();
        }
    }
}
