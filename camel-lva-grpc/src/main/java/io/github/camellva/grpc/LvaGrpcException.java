package io.github.camellva.grpc;

import org.apache.camel.CamelException;

/** A frame for an extension got no answer. The message says where, which frame, and why. */
public class LvaGrpcException extends CamelException {

    private static final long serialVersionUID = 1L;

    public LvaGrpcException(String message, Throwable cause) {
        super(message, cause);
    }
}
