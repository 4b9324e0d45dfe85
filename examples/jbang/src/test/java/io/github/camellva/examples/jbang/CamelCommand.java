package io.github.camellva.examples.jbang;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.ChildProcess;

/**
 * Runs {@code camel} in a process and a directory of its own, as on the machine of a user who has installed the component and has
 * the example's folder.
 */
final class CamelCommand implements AutoCloseable {

    private static final List<String> FOLDER = List.of(
            "extension.camel.yaml", "stand-ins.camel.yaml", "pictures/picture-1.jpg", "pictures/picture-2.jpg");

    private final Build build;
    private final Path directory;
    private final Path repository;

    /**
     * What Maven knows.
     *
     * @param project    where the project is
     * @param repository Maven's local one
     * @param classPath  of the CLI, without the component
     */
    record Build(Path project, String version, Path repository, String classPath) {

        static Build ofSystemProperties() {
            return new Build(
                    Path.of(System.getProperty("build.project")).normalize(),
                    System.getProperty("build.version"),
                    Path.of(System.getProperty("build.repository")),
                    System.getProperty("build.classPath"));
        }
    }

    CamelCommand(Build build) throws IOException {
        this.build = build;
        this.directory = Files.createTempDirectory("camel-cli-");
        this.repository = directory.resolve("repository");
        try {
            prepare();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void prepare() throws IOException {
        LocalRepository.make(Files.createDirectory(repository), build.repository(), build.project(), build.version());
        Files.createDirectory(directory.resolve("home"));
        for (String file : FOLDER) {
            Path copy = folder().resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(build.project().resolve("examples").resolve("jbang").resolve(file), copy);
        }
    }

    /** {@code camel run} of a file with the component. */
    List<String> run(String file, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run", file, "--dep=mvn:io.github.camellva:camel-lva-grpc:" + build.version()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** @param listener is told of every line that it prints */
    ChildProcess start(List<String> arguments, Consumer<String> listener) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                // it runs for seconds
                "-XX:TieredStopAtLevel=1",
                "-Dmaven.repo.local=" + repository,
                // where the CLI notes what runs, for others of its commands
                "-Duser.home=" + directory.resolve("home"),
                CamelCli.class.getName()));
        command.addAll(arguments);
        command.addAll(usersSettings());
        return ChildProcess.start(
                ChildProcess.java(build.classPath(), command).directory(folder().toFile()), listener);
    }

    /** Of repositories, mirrors and proxies; the CLI would not find them with another home. */
    private static List<String> usersSettings() {
        Path settings = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
        return Files.exists(settings) ? List.of("--maven-settings=" + settings) : List.of();
    }

    /** A copy of the example's folder, and the directory that commands run in. */
    Path folder() {
        return directory.resolve("example");
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(CamelCommand::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
