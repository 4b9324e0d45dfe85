package io.github.camellva.examples.scaleout;

/** Kafka has the frame, and the node cannot be told what is in it. */
final class NoAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    NoAnswerException(String message) {
        super(message);
    }
}
