package io.github.camellva.examples.iothub.standin;

/** What a client did is not allowed. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String why) {
        super(why);
    }
}
