package io.github.camellva.grpc.media;

/** One frame cannot be used; its session goes on. The message, fit for the peer, says what is wrong and what is accepted. */
public class FrameException extends Exception {

    private static final long serialVersionUID = 1L;

    public FrameException(String message) {
        super(message);
    }

    public FrameException(String message, Throwable cause) {
        super(message, cause);
    }
}
