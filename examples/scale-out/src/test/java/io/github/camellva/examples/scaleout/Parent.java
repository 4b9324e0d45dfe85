package io.github.camellva.examples.scaleout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The process that has started this one, and holds the other end of its standard input. It says when to stop; when it dies
 * without a word, its children clean up for it.
 */
final class Parent {

    /** What it says. */
    static final int STOP = '.';

    private static final int MOST_SECONDS_TO_STOP = 15;

    private final InputStream input;
    private final Path directory;

    /** @param directory of the parent, which it would have removed */
    Parent(InputStream input, Path directory) {
        this.input = input;
        this.directory = directory;
    }

    /** Returns when this process is to stop; the JVM then ends before long, whatever is stuck. */
    void awaitEnd() {
        try {
            if (input.read() != STOP) {
                Directories.delete(directory);
                // the broker has died with its parent: there is nobody to take leave of
                Runtime.getRuntime().halt(1);
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
        // on the timer's thread, since no other can be relied on then
        CompletableFuture.delayedExecutor(MOST_SECONDS_TO_STOP, TimeUnit.SECONDS, Runnable::run)
                .execute(() -> Runtime.getRuntime().halt(1));
    }
}
