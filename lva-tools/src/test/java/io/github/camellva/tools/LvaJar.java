package io.github.camellva.tools;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the jar as people do. */
public final class LvaJar {

    static final String PATH = System.getProperty("lva.jar");

    /** The first Java that prints lines of its own about protobuf's use of Unsafe. */
    private static final int UNSAFE_WARNINGS = 24;

    private LvaJar() {
    }

    /** @param output of both streams */
    record Run(String output, int exitCode) {
    }

    /** What starts it, with this JVM's Java; the command's arguments come next. */
    public static List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-XX:-UsePerfData"));
        if (Runtime.version().feature() >= UNSAFE_WARNINGS) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-jar", PATH));
        return command;
    }

    static Run run(List<String> arguments) throws Exception {
        List<String> command = command();
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still running: " + output);
            }
            return new Run(output, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }
}
