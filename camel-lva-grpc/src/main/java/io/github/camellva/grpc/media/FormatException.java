package io.github.camellva.grpc.media;

/** A descriptor announces a format that cannot be served. The message says what was wrong and what is accepted. */
public class FormatException extends Exception {

    private static final long serialVersionUID = 1L;

    public FormatException(String message) {
        super(message);
    }
}
