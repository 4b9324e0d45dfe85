package io.github.camellva.examples.rig;

/** What came of a run of an example. */
public interface Outcome {

    /** Whether all went well; the exit code is 0 then, and 1 otherwise. */
    boolean isComplete();
}
