package io.github.camellva.video.source;

/** A source gives no frames. The message says why, in words that need nothing around them, and has no credentials in it. */
public final class SourceException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What may help. */
    public enum Reason {

        /** Trying again later. */
        LOST,
        /** Other credentials. */
        UNAUTHORIZED,
        /** Another source. */
        UNUSABLE
    }

    private final Reason reason;

    public SourceException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
