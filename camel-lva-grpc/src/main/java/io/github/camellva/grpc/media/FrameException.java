package io.github.camellva.grpc.media;

/** One frame cannot be had; the session that it came with is sound. The message says what was wrong and what is accepted. */
public class FrameException extends Exception {

    private static final long serialVersionUID = 1L;

    public FrameException(String message) {
        super(message);
    }

    public FrameException(String message, Throwable cause) {
        super(message, cause);
    }
}
