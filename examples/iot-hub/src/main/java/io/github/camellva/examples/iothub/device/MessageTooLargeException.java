package io.github.camellva.examples.iothub.device;

/** A frame's inferences cannot be sent to the hub; trying again would not help. */
public final class MessageTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MessageTooLargeException(String message) {
        super(message);
    }
}
