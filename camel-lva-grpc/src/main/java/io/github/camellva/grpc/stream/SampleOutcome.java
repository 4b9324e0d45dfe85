package io.github.camellva.grpc.stream;

/** How it ended with a sample. */
public enum SampleOutcome {

    /** It was processed, and acknowledged with what was found. */
    ANSWERED,
    /** It was acknowledged without being looked at. */
    SKIPPED,
    /** Processing it failed, or no answer came. */
    FAILED
}
