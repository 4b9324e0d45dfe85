package io.github.camellva.grpc.stream;

/** What becomes of a session when one of its frames fails. */
public enum OnFailure {
    /** The frame is answered with an empty sample and the session goes on. */
    ACK,
    /** The frame is answered with an empty sample and the session ends with INTERNAL. */
    CLOSE
}
