package io.github.camellva.examples.scaleout;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.camellva.examples.rig.ClassPath;

/** A gateway or a worker in a JVM of its own, whose lines are printed with its name before them. */
final class ChildProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    /** A small heap, and a JVM that is soon up rather than fast: several share this machine. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED");

    private final String name;
    private final Process process;
    private final CompletableFuture<String> running = new CompletableFuture<>();

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /**
     * Returns at once; the process may not run yet.
     *
     * @param directory of this process, which the child removes if this process dies
     * @param options   system properties
     */
    static ChildProcess start(String name, Path directory, Map<String, String> options, Console console)
            throws IOException, URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.add("-Dname=" + name);
        command.add("-D" + ScaleOut.PARENT_DIRECTORY + "=" + directory);
        options.forEach((option, value) -> command.add("-D" + option + "=" + value));
        command.add(ScaleOut.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // by the environment: a command line can be too short for it
        builder.environment().put("CLASSPATH", ClassPath.of(ScaleOut.class.getClassLoader()));
        ChildProcess child = new ChildProcess(name, builder.start());
        Thread reader = new Thread(() -> child.print(console), name);
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    String name() {
        return name;
    }

    /**
     * Waits until it runs.
     *
     * @return what it said then; null when stopped before
     */
    String awaitRunning(CountDownLatch stop) throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline && stop.getCount() > 0) {
            try {
                return running.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // is it to be waited for any longer?
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause().getMessage());
            }
        }
        if (stop.getCount() == 0) {
            return null;
        }
        throw new IllegalStateException(name + " does not run after " + START_TIMEOUT.toSeconds() + " s");
    }

    /** SIGKILL: it has no time for last words. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Tells it to stop, and sees to it that it does. */
    @Override
    public void close() {
        tellToStop();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Returns at once, so that several can be stopped together. */
    void tellToStop() {
        try (var input = process.getOutputStream()) {
            input.write(Parent.STOP);
        } catch (IOException e) {
            // it has ended
        }
    }

    private void print(Console console) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                console.lineOf(name, line);
                if (line.startsWith(Member.RUNNING)) {
                    running.complete(line.substring(Member.RUNNING.length()).strip());
                }
            }
        } catch (IOException e) {
            // it was killed
        }
        running.completeExceptionally(new IllegalStateException(name + " has ended; its last lines say why"));
    }
}
