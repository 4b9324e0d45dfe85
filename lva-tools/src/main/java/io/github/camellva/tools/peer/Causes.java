package io.github.camellva.tools.peer;

import io.grpc.Status;

/** What is behind a failure: of nested ones the innermost says the most, since the others only tell where it passed. */
public final class Causes {

    private Causes() {
    }

    /** The message of the innermost cause. */
    public static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** The same for a status, which has what its peer said if it has no cause. */
    public static String innermost(Status status) {
        if (status.getCause() != null) {
            return innermost(status.getCause());
        }
        return status.getDescription() == null ? status.getCode().toString() : status.getCode() + ": " + status.getDescription();
    }
}
