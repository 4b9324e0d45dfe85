package io.github.camellva.grpc.stream;

import io.grpc.Status;

/** A sample was not sent because too many are unanswered, or no slot in shared memory is free; later it may be. */
public final class NoRoomException extends UnansweredException {

    private static final long serialVersionUID = 1L;

    NoRoomException(String message) {
        super(message, Status.RESOURCE_EXHAUSTED);
    }
}
