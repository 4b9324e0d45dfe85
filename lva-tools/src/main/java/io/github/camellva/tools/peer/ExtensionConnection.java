package io.github.camellva.tools.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

import io.github.camellva.grpc.client.NodeConnection;
import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.UnansweredException;
import io.github.camellva.grpc.thread.SystemTime;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.tools.CommandException;
import org.jspecify.annotations.Nullable;

/** A command's connection to an extension. Safe for use by many threads. */
public final class ExtensionConnection implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;

    private final Address address;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            task -> daemon(task, "lva-timers"));
    /** What comes of answers may take its time, and gRPC's threads have none. */
    private final ExecutorService threads = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), task -> daemon(task, "lva-answers"));
    private final NodeConnection connection;

    /** Connects when the first session is opened. */
    public ExtensionConnection(Address address, Security security) {
        this.address = address;
        boolean made = false;
        try {
            this.connection = new NodeConnection(
                    address.host(), address.port(), security.tls(), security.headers(), PipelineMeters.unexported(),
                    new SystemTime(timers), RandomGenerator.of("L64X128MixRandom"));
            made = true;
        } catch (IOException e) {
            throw new CommandException(e.getMessage(), e);
        } finally {
            if (!made) {
                stopThreads();
            }
        }
    }

    /**
     * Opens a session, and waits until the extension has answered its descriptor.
     *
     * @throws CommandException if it does not
     */
    public NodeSession open(
            MediaStreamDescriptor descriptor, @Nullable FrameMemory memory, int maxInFlight, Duration timeout)
            throws InterruptedException {
        NodeSession session = connection.open(descriptor, memory, maxInFlight, timeout, threads);
        try {
            session.opened().get(timeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
            return session;
        } catch (ExecutionException e) {
            throw new CommandException(address + " takes no session: " + reason(e.getCause()), e);
        } catch (TimeoutException e) {
            session.finish();
            throw new CommandException(
                    address + " has not answered the descriptor within " + timeout.toMillis() + " ms", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } finally {
            stopThreads();
        }
    }

    /** Runs what comes of an answer. */
    public Executor threads() {
        return threads;
    }

    /** Why a sample has no answer, for people. */
    public static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnansweredException unanswered && unanswered.status().getCause() != null) {
                return Causes.inWords(unanswered.status());
            }
        }
        return String.valueOf(failure.getMessage());
    }

    /** What has come is told first. */
    private void stopThreads() {
        timers.shutdownNow();
        threads.shutdown();
        try {
            threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
