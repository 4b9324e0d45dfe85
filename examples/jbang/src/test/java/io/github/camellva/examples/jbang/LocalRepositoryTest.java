package io.github.camellva.examples.jbang;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LocalRepositoryTest {

    @TempDir
    Path directory;

    private Path users;
    private Path project;
    private Path made;

    @BeforeEach
    void makeDirectories() throws Exception {
        users = Files.createDirectory(directory.resolve("users"));
        project = Files.createDirectory(directory.resolve("project"));
        made = Files.createDirectory(directory.resolve("made"));
        write(project.resolve("pom.xml"));
        for (String module : new String[] { "lva-grpc-proto", "camel-lva-grpc" }) {
            Path folder = project.resolve(module.replace("lva-grpc-proto", "proto"));
            write(folder.resolve("pom.xml"));
            write(folder.resolve("target").resolve(module + "-1.jar"));
        }
    }

    @Test
    void theComponentIsThereAsIfInstalled() throws Exception {
        LocalRepository.make(made, users, project, "1");
        Path group = made.resolve("io/github/camellva");
        assertThat(group.resolve("camel-lva-grpc-parent/1/camel-lva-grpc-parent-1.pom")).exists();
        assertThat(group.resolve("lva-grpc-proto/1/lva-grpc-proto-1.pom")).exists();
        assertThat(group.resolve("lva-grpc-proto/1/lva-grpc-proto-1.jar")).exists();
        assertThat(group.resolve("camel-lva-grpc/1/camel-lva-grpc-1.pom")).exists();
        assertThat(group.resolve("camel-lva-grpc/1/camel-lva-grpc-1.jar")).exists();
    }

    @Test
    void whatTheUserHasIsThereAndAComponentThatHeInstalledIsNotTouched() throws Exception {
        write(users.resolve("org/other/other-1.jar"));
        write(users.resolve("io/other/other-1.jar"));
        write(users.resolve("io/github/other/other-1.jar"));
        write(users.resolve("io/github/camellva/camel-lva-grpc/0/camel-lva-grpc-0.jar"));
        LocalRepository.make(made, users, project, "1");
        assertThat(made.resolve("org/other/other-1.jar")).exists();
        assertThat(made.resolve("io/other/other-1.jar")).exists();
        assertThat(made.resolve("io/github/other/other-1.jar")).exists();
        assertThat(made.resolve("io/github/camellva/camel-lva-grpc/0")).doesNotExist();
        assertThat(users.resolve("io/github/camellva/camel-lva-grpc/1")).doesNotExist();
    }

    private static void write(Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, file.toString());
    }
}
