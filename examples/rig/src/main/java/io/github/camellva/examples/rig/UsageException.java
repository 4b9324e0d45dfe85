package io.github.camellva.examples.rig;

/** What was asked for cannot be done. The message is for the user: what was wrong, and what is accepted. */
public class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
