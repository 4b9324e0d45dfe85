package io.github.camellva.examples.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A program that runs beside this one and ends with it. */
public final class ChildProcess implements AutoCloseable {

    private static final int MOST_LINES = 1000;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final Process process;
    private final Thread reader;
    private final Consumer<String> listener;
    /** The last it printed, for those who wait and for those who ask why. */
    private final Deque<String> lines = new ArrayDeque<>();
    private boolean ended;

    private ChildProcess(Process process, Consumer<String> listener) {
        this.process = process;
        this.listener = listener;
        this.reader = new Thread(this::read, "Output of process " + process.pid());
    }

    /** @param listener is told of every line that it prints */
    public static ChildProcess start(ProcessBuilder command, Consumer<String> listener) throws IOException {
        ChildProcess child = new ChildProcess(command.redirectErrorStream(true).start(), listener);
        child.reader.setDaemon(true);
        child.reader.start();
        return child;
    }

    /**
     * The first line that a pattern is found in, also of those that were printed before.
     *
     * @throws IllegalStateException when the process ends or the time is up without one; it says what was printed
     */
    public synchronized MatchResult awaitLine(Pattern pattern, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            for (String line : lines) {
                var matcher = pattern.matcher(line);
                if (matcher.find()) {
                    return matcher.toMatchResult();
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (ended || left <= 0) {
                throw new IllegalStateException((ended ? "the process ended" : timeout.toSeconds() + " s went by")
                                                + " without \"" + pattern + "\":\n" + String.join("\n", lines));
            }
            wait(left);
        }
    }

    /** Done when it has ended and all that it printed was told; with its exit code. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApplyAsync(exited -> {
            joinReader();
            return exited.exitValue();
        });
    }

    /** Asks it to end, as Ctrl-C does, and ends it if it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        joinReader();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                listener.accept(line);
                remember(line);
            }
        } catch (IOException | UncheckedIOException e) {
            remember(e.toString());
        } finally {
            end();
        }
    }

    private synchronized void remember(String line) {
        if (lines.size() == MOST_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    private void joinReader() {
        try {
            reader.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
