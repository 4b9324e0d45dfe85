package io.github.camellva.examples.rig;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClassPathTest {

    @Test
    void isThatOfTheLoaderThatMavenRunsProgramsIn() throws Exception {
        Path directory = Path.of("a directory").toAbsolutePath();
        Path archive = Path.of("an archive.jar").toAbsolutePath();
        URL[] urls = { directory.toUri().toURL(), archive.toUri().toURL() };
        try (URLClassLoader loader = new URLClassLoader(urls)) {
            assertThat(ClassPath.of(loader)).isEqualTo(directory + File.pathSeparator + archive);
        }
    }

    @Test
    void isThatOfTheJvmElsewhere() throws Exception {
        assertThat(ClassPath.of(ClassLoader.getSystemClassLoader())).isEqualTo(System.getProperty("java.class.path"));
    }
}
