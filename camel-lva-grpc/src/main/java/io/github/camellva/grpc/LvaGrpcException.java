package io.github.camellva.grpc;

import org.apache.camel.CamelException;

/** A frame was sent to an extension, or should have been, and there is no answer. The message says where, which frame, and why. */
public class LvaGrpcException extends CamelException {

    private static final long serialVersionUID = 1L;

    public LvaGrpcException(String message, Throwable cause) {
        super(message, cause);
    }
}
