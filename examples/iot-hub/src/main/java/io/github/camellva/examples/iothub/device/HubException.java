package io.github.camellva.examples.iothub.device;

/** A hub could not be connected to. The message is for people. */
public final class HubException extends Exception {

    private static final long serialVersionUID = 1L;

    HubException(String message, Throwable cause) {
        super(message, cause);
    }
}
