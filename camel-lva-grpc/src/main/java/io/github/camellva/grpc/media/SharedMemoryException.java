package io.github.camellva.grpc.media;

/** A shared memory buffer that a descriptor offers cannot be used. The message says why, and what to set. */
public class SharedMemoryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is the matter, since each asks for something else to be set. */
    public enum Reason {
        /** The handle or the length cannot be that of a buffer. */
        INVALID,
        /** There is no such file here, most often because the two containers do not share IPC. */
        MISSING,
        /** The file is there and this process may not read it. */
        NOT_PERMITTED
    }

    private final Reason reason;

    public SharedMemoryException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public SharedMemoryException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
