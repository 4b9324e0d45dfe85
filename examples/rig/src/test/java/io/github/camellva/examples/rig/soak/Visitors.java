package io.github.camellva.examples.rig.soak;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.load.LoadProcess;

/** Nodes that come again and again, and never leave in an orderly way: they are killed while they send. */
final class Visitors implements AutoCloseable {

    private static final Duration VISIT = Duration.ofSeconds(8);
    private static final Duration BETWEEN_VISITS = Duration.ofSeconds(12);

    private final Callable<LoadProcess> visitor;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "Visitors");

    Visitors(Callable<LoadProcess> visitor) {
        this.visitor = visitor;
    }

    void start() {
        thread.start();
    }

    /** Returns when the last of them is killed. */
    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        thread.join();
    }

    private void run() {
        try {
            while (!isClosingWithin(BETWEEN_VISITS)) {
                visit();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void visit() throws Exception {
        try (LoadProcess node = visitor.call()) {
            isClosingWithin(VISIT);
            node.kill();
        }
    }

    private boolean isClosingWithin(Duration time) throws InterruptedException {
        return closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
