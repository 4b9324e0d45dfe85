package io.github.camellva.tools.peer;

import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

import io.grpc.Status;

/** What is behind a failure, in words: of nested ones the innermost says the most. */
public final class Causes {

    private Causes() {
    }

    /** Of something that failed. */
    public static String inWords(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof ConnectException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectException) {
            return "connection refused, nothing listens there";
        }
        // whose messages are only a path
        if (cause instanceof NoSuchFileException missing) {
            return "there is no such file or directory: " + missing.getFile();
        }
        if (cause instanceof AccessDeniedException denied) {
            return "permission denied: " + denied.getFile();
        }
        if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
            return cause.getMessage() + " is in the way";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Of a status, which has what its peer said if it has no cause. */
    public static String inWords(Status status) {
        if (status.getCause() != null) {
            return inWords(status.getCause());
        }
        return status.getDescription() == null
                ? status.getCode().toString()
                : status.getCode() + ": " + status.getDescription();
    }
}
