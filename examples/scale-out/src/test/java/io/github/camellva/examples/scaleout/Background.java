package io.github.camellva.examples.scaleout;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Threads for what blocks: on two cores the common pool has only one. */
final class Background {

    private Background() {
    }

    static <T> CompletableFuture<T> start(Callable<T> task) {
        CompletableFuture<T> running = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                running.complete(task.call());
            } catch (Throwable e) {
                running.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return running;
    }
}
