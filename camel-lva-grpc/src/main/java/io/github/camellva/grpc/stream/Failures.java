package io.github.camellva.grpc.stream;

import java.util.Objects;

/** Failures of other people's code in words. */
public final class Failures {

    private static final int MAX_CHARACTERS = 500;

    private Failures() {
    }

    /** Its class and message, shortened; also of an exception whose own methods fail. */
    public static String describe(Throwable failure) {
        try {
            String text = Objects.toString(failure);
            return text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) + "..." : text;
        } catch (RuntimeException | StackOverflowError e) {
            return failure.getClass().getName();
        }
    }
}
