package io.github.camellva.grpc.stream;

import java.util.Objects;

import io.github.camellva.grpc.text.Printable;

/** Failures of other people's code in words. */
public final class Failures {

    private static final int MAX_CHARACTERS = 500;
    private static final int MAX_CAUSES = 20;

    private Failures() {
    }

    /** Its class and message, shortened and fit for one line; also of an exception whose own methods fail. */
    public static String describe(Throwable failure) {
        try {
            return Printable.of(Objects.toString(failure), MAX_CHARACTERS);
        } catch (Throwable e) {
            return nameOf(failure);
        }
    }

    /** Whether it and what caused it can be logged. */
    public static boolean isDescribable(Throwable failure) {
        try {
            Throwable current = failure;
            for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
                Objects.toString(current);
                current.getLocalizedMessage();
                current = current.getCause();
            }
            return true;
        } catch (Throwable e) {
            return false;
        }
    }

    /** The failure itself, or one that stands for it when its own methods fail. */
    public static Throwable describable(Throwable failure) {
        return isDescribable(failure) ? failure : new IllegalStateException(nameOf(failure) + ", which cannot be described");
    }

    private static String nameOf(Throwable failure) {
        return failure.getClass().getName();
    }
}
