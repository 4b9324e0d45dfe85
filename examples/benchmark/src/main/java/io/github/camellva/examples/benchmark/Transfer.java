package io.github.camellva.examples.benchmark;

import java.util.Locale;

/** How frames get from a node to a server. */
enum Transfer {

    /** In the messages. */
    EMBEDDED,
    /** Through shared memory, from which the server copies each frame into an array of its own; measures servers. */
    COPY,
    /** Through shared memory, which the server maps; measures servers. */
    MAP,
    /** Through shared memory, into which the node writes each frame, and which the server maps; measures nodes. */
    WRITE;

    /** As options and tables name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isShared() {
        return this != EMBEDDED;
    }

    /** Whether the server maps shared memory. */
    boolean isMapped() {
        return this == MAP || this == WRITE;
    }

    boolean measures(Side side) {
        return this == EMBEDDED || (this == WRITE) == (side == Side.NODES);
    }
}
