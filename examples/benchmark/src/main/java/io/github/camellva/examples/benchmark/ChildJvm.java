package io.github.camellva.examples.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.github.camellva.examples.rig.ClassPath;

/** A program in a JVM of its own that answers each line it is told with one line. It ends when it is told no more. */
final class ChildJvm implements AutoCloseable {

    private static final long STOP_SECONDS = 10;

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    static ChildJvm start(String name, List<String> jvmOptions, Class<?> program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add(program.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // by the environment: a command line can be too short for it
        builder.environment().put("CLASSPATH", ClassPath.of(ChildJvm.class.getClassLoader()));
        return new ChildJvm(name, builder.start());
    }

    String ask(String question) throws IOException {
        questions.write(question);
        questions.newLine();
        questions.flush();
        return answer();
    }

    /** The next line that it prints. */
    String answer() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the process of " + name + " has ended; what it printed above says why");
        }
        return answer;
    }

    /** What the threads it has, those of its JVM included, have used of processors so far. */
    Duration cpuTime() throws IOException {
        return cpuTime(thread -> true);
    }

    /** What those of them have used that compile. */
    Duration compilersCpuTime() throws IOException {
        return cpuTime(thread -> thread.matches("C[12] Compiler.*"));
    }

    /** The most memory it had, since it started or since {@link #forgetPeak()}. */
    long peakResidentBytes() throws IOException {
        return memory("VmHWM:");
    }

    /** The memory it has now. */
    long residentBytes() throws IOException {
        return memory("VmRSS:");
    }

    /** Begins to look for the peak anew. */
    void forgetPeak() throws IOException {
        // proc(5): 5 resets the peak
        Files.writeString(proc("clear_refs"), "5");
    }

    @Override
    public void close() throws IOException {
        questions.close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private long memory(String figure) throws IOException {
        for (String line : Files.readAllLines(proc("status"))) {
            if (line.startsWith(figure)) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("the kernel does not tell how much memory " + name + " has");
    }

    private Duration cpuTime(Predicate<String> threadName) throws IOException {
        long nanos = 0;
        // the sum that /proc/PID/stat has would do for all, but it counts in steps of 10 ms
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(proc("task"))) {
            for (Path thread : threads) {
                nanos += cpuNanos(thread, threadName);
            }
        }
        return Duration.ofNanos(nanos);
    }

    private static long cpuNanos(Path thread, Predicate<String> threadName) throws IOException {
        try {
            return threadName.test(Files.readString(thread.resolve("comm")).strip())
                    ? Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0])
                    : 0;
        } catch (NoSuchFileException e) {
            // it has ended meanwhile
            return 0;
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }
}
