package io.github.camellva.grpc.stream;

/** How far a node's session has come. */
enum NodeState {
    /** The extension has not answered the descriptor; samples wait. */
    OPENING,
    /** The same, and no more samples are taken. */
    FINISHING_UNOPENED,
    /** Samples are sent and answered. */
    OPEN,
    /** No more samples are taken; answers still come. */
    FINISHING,
    ENDED;

    boolean takesSamples() {
        return this == OPENING || this == OPEN;
    }

    /** Whether what waits may be sent. */
    boolean sends() {
        return this == OPEN || this == FINISHING;
    }

    boolean isFinishing() {
        return this == FINISHING || this == FINISHING_UNOPENED;
    }
}
