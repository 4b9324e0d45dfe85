package io.github.camellva.grpc.stream;

import io.grpc.Status;

/** A sample that a node sent has no answer. The message says which, and why. */
public class UnansweredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Status status;

    public UnansweredException(String message, Status status) {
        super(message, status.getCause());
        this.status = status;
    }

    /** What the session ended with, or what stands for the reason it could not be sent. */
    public Status status() {
        return status;
    }
}
