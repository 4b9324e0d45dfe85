package io.github.camellva.grpc.stream;

/** What happens to a session's next frame while as many as are allowed are in the route. */
public enum Overflow {

    /** It is not read, so that gRPC's flow control holds the node. */
    BLOCK,

    /** It takes the place of the frame that waits, which is acknowledged without a look. */
    SKIP
}
