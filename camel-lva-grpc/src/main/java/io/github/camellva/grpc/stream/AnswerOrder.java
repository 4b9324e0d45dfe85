package io.github.camellva.grpc.stream;

/** In which order the samples of a session are answered. */
public enum AnswerOrder {
    /** As they came. */
    REQUEST,
    /** As they are done. */
    COMPLETION
}
