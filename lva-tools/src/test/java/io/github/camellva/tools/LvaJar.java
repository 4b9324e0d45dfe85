package io.github.camellva.tools;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the jar as people do. */
final class LvaJar {

    static final String PATH = System.getProperty("lva.jar");

    private LvaJar() {
    }

    /** @param output of both streams */
    record Run(String output, int exitCode) {
    }

    static Run run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-jar", PATH));
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
