package io.github.camellva.grpc.media;

/** A format cannot be served. The message says what is wrong and what is accepted. */
public class FormatException extends Exception {

    private static final long serialVersionUID = 1L;

    public FormatException(String message) {
        super(message);
    }
}
