package io.github.camellva.examples.jbang;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A local Maven repository that has the component as {@code mvn install} would put it there, and all else of the user's own by
 * symbolic links, so that nothing is installed into that.
 */
final class LocalRepository {

    private static final Path GROUP = Path.of("io", "github", "camellva");

    private final Path root;
    private final String version;

    private LocalRepository(Path root, String version) {
        this.root = root;
        this.version = version;
    }

    /**
     * @param root    an empty directory
     * @param users   the user's own
     * @param project where this project is, and the jars in it are built
     */
    static void make(Path root, Path users, Path project, String version) throws IOException {
        LocalRepository repository = new LocalRepository(root, version);
        repository.linkAllBut(GROUP, users);
        repository.put("camel-lva-grpc-parent", project);
        repository.put("lva-grpc-proto", project.resolve("proto"));
        repository.put("camel-lva-grpc", project.resolve("camel-lva-grpc"));
    }

    /** Links go to all that the user has beside the directories on the way to a group. */
    private void linkAllBut(Path group, Path users) throws IOException {
        Path here = root;
        Path there = users;
        for (Path name : group) {
            linkAllBut(name, there, here);
            here = Files.createDirectories(here.resolve(name));
            there = there.resolve(name);
        }
    }

    private static void linkAllBut(Path name, Path there, Path here) throws IOException {
        if (Files.isDirectory(there)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(there, entry -> !entry.endsWith(name))) {
                for (Path entry : entries) {
                    Files.createSymbolicLink(here.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
        }
    }

    private void put(String artifact, Path module) throws IOException {
        Path directory = Files.createDirectories(root.resolve(GROUP).resolve(artifact).resolve(version));
        String file = artifact + "-" + version;
        Files.copy(module.resolve("pom.xml"), directory.resolve(file + ".pom"));
        Path jar = module.resolve("target").resolve(file + ".jar");
        if (Files.exists(jar)) {
            Files.copy(jar, directory.resolve(file + ".jar"));
        }
    }
}
