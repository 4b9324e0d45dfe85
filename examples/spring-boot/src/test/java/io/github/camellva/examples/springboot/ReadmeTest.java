package io.github.camellva.examples.springboot;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README says to copy is what the example has. */
class ReadmeTest {

    private final String readme = read("README.md");

    @Test
    void theDependenciesAreThoseOfTheExample() {
        String snippet = readme.replaceAll("(?s).*```xml\n(.*?)```.*", "$1");
        assertThat(found(snippet, "<artifactId>([^<]+)</artifactId>")).hasSize(4)
                .isSubsetOf(found(read("pom.xml"), "<artifactId>([^<]+)</artifactId>"));
    }

    @Test
    void thePropertiesAreThoseOfTheApplication() throws IOException {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        List<String> rows = found(readme, "\\n\\| `((?:camel|management)\\.[a-z.-]+)");
        assertThat(rows).hasSize(4);
        assertThat(properties.stringPropertyNames()).containsAll(rows);
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
