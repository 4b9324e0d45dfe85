package io.github.camellva.examples.benchmark;

import java.util.Locale;

/** How frames get to a server, and how it reads them. */
enum Transfer {

    /** In the messages. */
    EMBEDDED,
    /** Through shared memory, of which a server reads each frame into an array of its own. */
    COPY,
    /** Through shared memory that a server has mapped. */
    MAP;

    /** As options and tables name it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isShared() {
        return this != EMBEDDED;
    }
}
