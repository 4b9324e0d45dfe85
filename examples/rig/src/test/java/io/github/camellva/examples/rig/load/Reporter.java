package io.github.camellva.examples.rig.load;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells the process that started this one, again and again, how things are, and does what that one says. */
final class Reporter {

    private static final long INTERVAL_MILLIS = 500;

    private Reporter() {
    }

    /** Returns, with {@code told} counted down, when the process that started this one says no more or has ended. */
    static void reportUntilTold(Supplier<Figures> figures, CountDownLatch told) throws InterruptedException {
        Thread listener = new Thread(() -> listen(told), "Listener");
        listener.setDaemon(true);
        listener.start();
        while (!isTold(told)) {
            report(figures);
        }
    }

    static void print(Figures figures) {
        System.out.println(figures.line());
    }

    private static boolean isTold(CountDownLatch told) throws InterruptedException {
        try {
            return told.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (OutOfMemoryError e) {
            // waiting takes memory, too
            return false;
        }
    }

    private static void report(Supplier<Figures> figures) {
        try {
            print(figures.get());
        } catch (OutOfMemoryError e) {
            // the next time there may be room for it
        }
    }

    private static void listen(CountDownLatch told) {
        try {
            for (int read = System.in.read(); read >= 0; read = System.in.read()) {
                Disturbance.obey(read);
            }
        } catch (IOException e) {
            // nobody is there any more
        } finally {
            told.countDown();
        }
    }
}
