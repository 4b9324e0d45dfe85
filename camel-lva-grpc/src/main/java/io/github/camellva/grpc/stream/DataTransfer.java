package io.github.camellva.grpc.stream;

/** How a frame's bytes came. */
public enum DataTransfer {

    /** In the message itself. */
    EMBEDDED("embedded"),
    /** As a region of the session's shared memory. */
    SHARED_MEMORY("sharedMemory"),
    /** Not at all: the sample carries inferences only. */
    NONE("none");

    private final String label;

    DataTransfer(String label) {
        this.label = label;
    }

    /** As users read it. */
    public String label() {
        return label;
    }
}
