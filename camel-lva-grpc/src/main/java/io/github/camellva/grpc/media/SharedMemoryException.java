package io.github.camellva.grpc.media;

/**
 * The shared memory buffer that a descriptor offers cannot be used. The message is for the peer: it says what to do, and
 * nothing of this machine. {@link #detail()} is for the log.
 */
public class SharedMemoryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    public enum Reason {
        /** The offer itself cannot be accepted, whatever this machine has. */
        INVALID,
        /** The file is missing, is not a regular file, or may not be read. Peers cannot tell which. */
        UNAVAILABLE
    }

    private final Reason reason;
    private final String detail;

    private SharedMemoryException(Reason reason, String message, String detail, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.detail = detail;
    }

    /** @param message quotes only what the peer said, printable */
    static SharedMemoryException invalid(String message) {
        return new SharedMemoryException(Reason.INVALID, message, message, null);
    }

    /** @param handleName a valid one */
    static SharedMemoryException unavailable(String handleName, String detail, Throwable cause) {
        return new SharedMemoryException(
                Reason.UNAVAILABLE,
                "shared memory '" + handleName + "' cannot be opened by the extension. Containers must share IPC: set the IPC"
                                    + " mode of both to 'host', or that of the node to 'shareable' and that of the extension to"
                                    + " 'container:<node>'. The extension's user must be able to read the file. The extension's"
                                    + " log has the details",
                detail, cause);
    }

    public Reason reason() {
        return reason;
    }

    /** What the operator of this machine needs to know: paths, users and what the operating system said. */
    public String detail() {
        return detail;
    }
}
