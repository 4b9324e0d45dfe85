package io.github.camellva.tools.check;

/** A case cannot be tried on this program; the message says why. */
public final class NotApplicable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotApplicable(String why) {
        super(why, null, false, false);
    }
}
