package io.github.camellva.grpc.stream;

import io.grpc.Status;

/** A sample was not sent because its session takes no more; another session may. */
public final class FinishingException extends UnansweredException {

    private static final long serialVersionUID = 1L;

    FinishingException() {
        super("the sample was not sent: the session is finishing", Status.CANCELLED);
    }
}
