package io.github.camellva.examples.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.ClassPath;

/** A program in a JVM of its own that answers each line with a line. It ends when its input is closed. */
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
        // in the environment, since a command line may be too short for it
        builder.environment().put("CLASSPATH", ClassPath.of(ChildJvm.class.getClassLoader()));
        return new ChildJvm(name, builder.start());
    }

    String ask(String question) throws IOException {
        questions.write(question);
        questions.newLine();
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the process of " + name + " has ended; what it printed above says why");
        }
        return answer;
    }

    CpuTime cpuTime() throws IOException {
        return CpuTime.of(process.pid());
    }

    /** Peak memory since the start or the last {@link #forgetPeak()}. */
    long peakResidentBytes() throws IOException {
        return memory("VmHWM:");
    }

    long residentBytes() throws IOException {
        return memory("VmRSS:");
    }

    void forgetPeak() throws IOException {
        // proc(5): 5 resets the peak
        Files.writeString(proc("clear_refs"), "5");
    }

    @Override
    public void close() throws IOException {
        try {
            questions.close();
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
        throw new IOException("the kernel does not tell the memory of " + name + " in " + proc("status"));
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }
}
