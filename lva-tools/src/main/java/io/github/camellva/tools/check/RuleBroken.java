package io.github.camellva.tools.check;

/** What a case expected was not seen; the message says what was seen in its place. */
public final class RuleBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RuleBroken(String what) {
        super(what, null, false, false);
    }
}
