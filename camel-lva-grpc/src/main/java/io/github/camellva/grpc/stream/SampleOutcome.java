package io.github.camellva.grpc.stream;

/** How it ended with a sample. */
public enum SampleOutcome {

    /** It was looked at, whatever was found. */
    ANSWERED("answered", "answered"),
    /** An extension acknowledged it alone without looking at it. */
    SKIPPED("skipped", "skipped"),
    /** A node got an acknowledgement alone: the extension has skipped it, or failed. */
    NOT_PROCESSED("notProcessed", "not processed"),
    /** Processing it failed, or no answer came. */
    FAILED("failed", "failed");

    private final String label;
    private final String words;

    SampleOutcome(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /** As tags of meters and members of JSON have it. */
    public String label() {
        return label;
    }

    /** As people read it. */
    public String words() {
        return words;
    }
}
