package io.github.camellva.grpc;

import io.github.camellva.grpc.stream.UnansweredException;
import io.grpc.Status;
import org.apache.camel.CamelException;
import org.jspecify.annotations.Nullable;

/** A frame for an extension got no answer. The message says where, which frame, and why. */
public class LvaGrpcException extends CamelException {

    private static final long serialVersionUID = 1L;

    public LvaGrpcException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * What the extension ended the session with, or what stands for the reason: UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED
     * when there was no room. Null for a frame that could not be sent for what it is.
     */
    public Status.@Nullable Code getStatusCode() {
        return getCause() instanceof UnansweredException unanswered ? unanswered.status().getCode() : null;
    }
}
