package io.github.camellva.tools.check;

/**
 * What counts against a program.
 *
 * @param strict   rules that SHOULD be kept, too
 * @param failFast whether nothing more is tried when something does
 */
public record Strictness(boolean strict, boolean failFast) {

    /** Whether a result counts against the program. */
    public boolean counts(CaseResult result) {
        return result.isBroken(Level.MUST) || strict && result.isBroken(Level.SHOULD);
    }

    /** Whether nothing more is to be tried. */
    public boolean isEnoughSeen(CaseResult last) {
        return failFast && counts(last);
    }
}
