package io.github.camellva.examples.rig;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    /** The last that it printed. */
    private final Deque<String> lines = new ArrayDeque<>();
    private final Map<CompletableFuture<MatchResult>, Pattern> awaited = new LinkedHashMap<>();
    private boolean ended;
    private volatile boolean told;

    private ChildProcess(Process process, Consumer<String> listener) {
        this.process = process;
        this.listener = listener;
        this.reader = new Thread(this::read, "Output of process " + process.pid());
    }

    /**
     * A JVM like this one.
     *
     * @param classPath passed by the environment: a command line can be too short for it
     * @param arguments options of the JVM, the main class, and its arguments
     */
    public static ProcessBuilder java(String classPath, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", classPath);
        return builder;
    }

    /** @param listener is told of every line that it prints */
    public static ChildProcess start(ProcessBuilder command, Consumer<String> listener) throws IOException {
        ChildProcess child = new ChildProcess(command.redirectErrorStream(true).start(), listener);
        child.reader.setDaemon(true);
        child.reader.start();
        return child;
    }

    /** As the operating system numbers it. */
    public long pid() {
        return process.pid();
    }

    /** Done with the first line that the pattern is found in, printed before or later; fails when the process ends without. */
    public synchronized CompletableFuture<MatchResult> line(Pattern pattern) {
        CompletableFuture<MatchResult> found = new CompletableFuture<>();
        awaited.put(found, pattern);
        lines.forEach(this::tellThoseWhoWait);
        if (ended) {
            failThoseWhoWait();
        }
        return found;
    }

    /**
     * Waits for {@link #line}.
     *
     * @throws IllegalStateException when the process ends or the time is up without it; it says what was printed
     */
    public MatchResult awaitLine(Pattern pattern, Duration timeout) throws InterruptedException {
        try {
            return line(pattern).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new IllegalStateException(without(timeout.toSeconds() + " s went by", pattern));
        }
    }

    /** Done when it has ended and all that it printed was told; with its exit code. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApplyAsync(exited -> {
            joinReader();
            return exited.exitValue();
        });
    }

    /** Says a line on its standard input, for programs that listen. */
    public void say(String line) {
        try {
            BufferedWriter input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            // it has ended
        }
    }

    /** Says the last word on its standard input, for programs that end then: {@link #close} waits for that. */
    public void tell(String lastWord) {
        told = true;
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(lastWord);
        } catch (IOException e) {
            // it has ended
        }
    }

    /** SIGKILL: it has no time for last words. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end, as Ctrl-C does, unless it was told, and kills it if it does not. */
    @Override
    public void close() {
        if (!told) {
            process.destroy();
        }
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
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
        tellThoseWhoWait(line);
    }

    private synchronized void end() {
        ended = true;
        failThoseWhoWait();
    }

    private void tellThoseWhoWait(String line) {
        awaited.entrySet().removeIf(waiting -> {
            var matcher = waiting.getValue().matcher(line);
            return matcher.find() && waiting.getKey().complete(matcher.toMatchResult());
        });
    }

    private void failThoseWhoWait() {
        awaited.forEach((found, pattern) -> found.completeExceptionally(
                new IllegalStateException(without("the process ended", pattern))));
        awaited.clear();
    }

    private synchronized String without(String what, Pattern pattern) {
        return what + " without \"" + pattern + "\":\n" + String.join("\n", lines);
    }

    private void joinReader() {
        try {
            reader.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
