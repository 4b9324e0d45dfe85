package io.github.camellva.grpc.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The properties, and what editors are told of them, are the options of the components. With {@code -DupdateProperties} their
 * class and their defaults are written, otherwise they must be what would be written.
 */
class PropertiesTest {

    private static final boolean UPDATE = System.getProperty("updateProperties") != null;
    /** The tests also run in a module below this one. */
    private static final Path MAIN = Stream.of("src/main", "../src/main").map(Path::of).filter(Files::exists).findFirst().orElseThrow();

    @Test
    void theirClassesAreMadeOfTheOptionsOfTheComponents() throws IOException {
        for (PropertiesSource component : PropertiesSource.ALL) {
            assertMade(MAIN.resolve("java/io/github/camellva/grpc/springboot/" + component.name() + "ComponentConfiguration.java"),
                    component.javaOf(options(component)));
        }
    }

    @Test
    void theirDefaultsAreThoseOfTheOptionsOfTheComponents() throws IOException {
        assertMade(MAIN.resolve("resources/META-INF/additional-spring-configuration-metadata.json"),
                PropertiesSource.defaultsOf(PropertiesTest::options));
    }

    @Test
    void everyOptionOfAComponentIsAPropertyOfItsTypeAndDefault() {
        Map<String, String> expected = new TreeMap<>();
        for (PropertiesSource component : PropertiesSource.ALL) {
            options(component).properties().forEach(option -> expected.put(
                    component.prefix() + "." + StringHelper.camelCaseToDash(option.getKey()),
                    PropertiesSource.typeOf(option.getValue()) + byDefault(option.getValue())));
            expected.put(component.prefix() + ".enabled", "java.lang.Boolean true");
            expected.put(component.prefix() + ".customizer.enabled", "java.lang.Boolean true");
        }
        assertThat(properties().stream().collect(Collectors.toMap(
                property -> property.get("name").asText(),
                property -> property.get("type").asText() + byDefault(property))))
                .containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void everyPropertyIsDescribed() {
        assertThat(properties()).allSatisfy(property -> assertThat(property.path("description").asText())
                .as(property.get("name").asText()).endsWith(".").hasSizeGreaterThan(20));
    }

    private static JsonNode options(PropertiesSource component) {
        return read(component.json()).findFirst().orElseThrow().get("componentProperties");
    }

    private static List<JsonNode> properties() {
        return StreamSupport.stream(ownMetadata().get("properties").spliterator(), false).toList();
    }

    /** Of the many files of this name, the one that describes the component. */
    private static JsonNode ownMetadata() {
        List<JsonNode> found = read("META-INF/spring-configuration-metadata.json")
                .filter(metadata -> metadata.get("groups").toString().contains(LvaGrpcComponentConfiguration.class.getName()))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Stream<JsonNode> read(String resource) {
        return PropertiesTest.class.getClassLoader().resources(resource).map(url -> {
            try (InputStream stream = url.openStream()) {
                return new ObjectMapper().readTree(stream);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String byDefault(JsonNode option) {
        return " " + option.path("defaultValue").asText("none");
    }

    private static void assertMade(Path file, String made) throws IOException {
        if (UPDATE) {
            Files.writeString(file, made);
        }
        assertThat(file).content().isEqualTo(made);
    }
}
