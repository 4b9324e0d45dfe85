package io.github.camellva.examples.benchmark;

import java.util.Locale;

/** The two parties of the protocol; the other one is the same for all contestants of a side. */
enum Side {

    /** Extensions, which are gRPC servers. */
    SERVERS,
    /** Nodes, which are gRPC clients and send the frames. */
    NODES;

    /** As options and tables name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
