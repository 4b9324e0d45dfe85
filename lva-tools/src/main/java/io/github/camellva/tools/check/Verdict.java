package io.github.camellva.tools.check;

/** What a case came to. */
public enum Verdict {
    /** What was expected was seen. */
    PASSED,
    /** It was not. */
    FAILED,
    /** It could not be tried on this program, or was not asked for. */
    SKIPPED
}
