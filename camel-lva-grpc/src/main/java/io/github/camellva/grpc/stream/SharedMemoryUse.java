package io.github.camellva.grpc.stream;

/** Whose shared memory an extension takes, as its option says. */
public enum SharedMemoryUse {
    /** Everybody's. */
    TRUE,
    /** That of nodes with an address of this machine. */
    LOCAL,
    /** Nobody's. */
    FALSE
}
