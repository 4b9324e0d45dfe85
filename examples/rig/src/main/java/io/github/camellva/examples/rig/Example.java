package io.github.camellva.examples.rig;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program that runs until it is done or Ctrl-C is pressed, and says by its exit code how it went. */
public abstract class Example<O extends Outcome> {

    private static final int COMPLETE = 0;
    private static final int NOT_COMPLETE = 1;
    private static final int NOT_STARTED = 2;

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Makes an example of what the user chose. */
    @FunctionalInterface
    public interface Factory {
        Example<?> create() throws UsageException;
    }

    /** Runs an example and ends the JVM; to be called by {@code main}. */
    public static void launch(Factory factory) {
        // ends Maven, too, when that runs it: its own last words would follow the summary, and hide what went wrong
        System.exit(status(factory));
    }

    private static int status(Factory factory) {
        try {
            Example<?> example = factory.create();
            Runtime.getRuntime().addShutdownHook(new Thread(example::stop, "Ctrl-C"));
            return example.run().isComplete() ? COMPLETE : NOT_COMPLETE;
        } catch (UsageException e) {
            System.err.println(e.getMessage());
        } catch (Exception e) {
            e.printStackTrace();
        }
        return NOT_STARTED;
    }

    /** Returns when all is done, or after {@link #stop}. */
    public final O run() throws Exception {
        try {
            return run(stopping);
        } finally {
            stopped.countDown();
        }
    }

    /** @param stop is counted down when no more is to be begun; what is under way is to be ended */
    protected abstract O run(CountDownLatch stop) throws Exception;

    /** Begins nothing more, and waits until what is under way has ended. */
    public final void stop() {
        stopping.countDown();
        try {
            stopped.await(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
