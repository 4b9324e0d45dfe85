package io.github.camellva.tools.check.extension;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.camellva.tools.check.NotApplicable;
import io.github.camellva.tools.check.RuleBroken;
import io.github.camellva.tools.check.Transcript;

/** Who has a file open, and for what, as Linux tells in /proc. */
final class OpenFiles {

    private static final Path PROCESSES = Path.of("/proc");

    private OpenFiles() {
    }

    /**
     * @throws NotApplicable if it cannot be told
     * @throws RuleBroken    if a process has it open for writing, or has mapped it so
     */
    static void requireNobodyWrites(Path file, Transcript transcript) throws IOException {
        if (!Files.isDirectory(PROCESSES.resolve("self/fd"))) {
            throw new NotApplicable("this machine does not tell who has a file open");
        }
        int users = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                String use = use(process, file);
                if (!use.isEmpty()) {
                    users++;
                    transcript.seen("process " + process.getFileName() + " has it open for " + use);
                }
                if (use.contains("writing")) {
                    throw new RuleBroken("process " + process.getFileName() + " has it open for writing");
                }
            }
        }
        if (users == 0) {
            throw new NotApplicable("no process of which it can be told has it open");
        }
    }

    /** Empty if it has not, or nobody may know. */
    private static String use(Path process, Path file) {
        try (Stream<String> maps = Files.lines(process.resolve("maps"))) {
            String mapped = maps.filter(line -> line.endsWith(file.toString())).map(line -> line.contains(" rw") ? "writing" : "reading")
                    .max(String::compareTo).orElse("");
            return mapped.isEmpty() ? descriptors(process, file) : mapped;
        } catch (IOException | java.io.UncheckedIOException e) {
            return "";
        }
    }

    private static String descriptors(Path process, Path file) throws IOException {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                if (file.equals(target(descriptor))) {
                    return isReadOnly(process.resolve("fdinfo").resolve(descriptor.getFileName())) ? "reading" : "reading and writing";
                }
            }
        }
        return "";
    }

    /** The descriptor may be gone meanwhile. */
    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return descriptor;
        }
    }

    /** The last octal digit of the flags: 0 is O_RDONLY. */
    private static boolean isReadOnly(Path info) throws IOException {
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("flags:")).allMatch(line -> (line.charAt(line.length() - 1) - '0' & 3) == 0);
        }
    }
}
