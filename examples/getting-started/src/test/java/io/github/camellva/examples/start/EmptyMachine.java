package io.github.camellva.examples.start;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.ChildProcess;

/**
 * A folder with the component's sources and a local Maven repository of its own. That has all that the user's has, by symbolic links,
 * but nothing of this project, so that only what a command installs is found, and nothing is installed for the user.
 */
final class EmptyMachine implements AutoCloseable {

    private static final Path GROUP = Path.of("io", "github", "camellva");
    private static final Set<String> LEFT_OUT = Set.of("target", ".git");

    private final Path checkout;
    private final Path repository;

    EmptyMachine(Path directory, Path project) throws IOException {
        checkout = Files.createDirectory(directory.resolve("checkout"));
        repository = Files.createDirectory(directory.resolve("repository"));
        copyBuild(project);
        linkAllButTheGroup(Path.of(System.getProperty("build.repository")));
    }

    Path checkout() {
        return checkout;
    }

    /** Names of artifacts. */
    List<String> installed() throws IOException {
        try (Stream<Path> artifacts = Files.list(repository.resolve(GROUP))) {
            return artifacts.filter(Files::isDirectory).map(artifact -> artifact.getFileName().toString()).toList();
        }
    }

    /** Types a command that begins with {@code mvn}. */
    ChildProcess type(String command, Path folder) throws IOException {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        String maven = words.remove(0);
        words.add(0, Path.of(System.getProperty("build.maven"), "bin", maven).toString());
        words.add("-Dmaven.repo.local=" + repository);
        if (System.getProperty("build.offline").endsWith("true")) {
            words.add("-o");
        }
        ProcessBuilder process = new ProcessBuilder(words).directory(folder.toFile());
        // it runs for seconds
        process.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return ChildProcess.start(process, line -> { });
    }

    /** Links are deleted, and not what they lead to. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Of the examples, Maven reads no more than what they are called. */
    private void copyBuild(Path project) throws IOException {
        Files.walkFileTree(project, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
                if (LEFT_OUT.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(checkout.resolve(project.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = project.relativize(file);
                if (!relative.startsWith("examples") || file.endsWith("pom.xml")) {
                    Files.copy(file, checkout.resolve(relative));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void linkAllButTheGroup(Path users) throws IOException {
        Path here = repository;
        Path there = users;
        for (Path name : GROUP) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(there, entry -> !entry.endsWith(name))) {
                for (Path entry : entries) {
                    Files.createSymbolicLink(here.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
            here = Files.createDirectories(here.resolve(name));
            there = there.resolve(name);
        }
    }
}
