package io.github.camellva.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What tools and runtimes look for in the jar is there. */
class JarIT {

    private JarFile jar;

    @BeforeEach
    void openTheJar() throws IOException {
        jar = new JarFile(System.getProperty("component.jar"));
    }

    @AfterEach
    void closeTheJar() throws IOException {
        jar.close();
    }

    @Test
    void everyOptionIsDescribedForTools() throws IOException {
        JsonNode properties = json().get("properties");
        assertThat(properties.properties()).hasSizeGreaterThan(15).allSatisfy(option -> {
            assertThat(option.getValue().path("type").asText()).isIn("string", "integer", "boolean", "number", "object", "enum");
            assertThat(option.getValue().path("description").asText()).endsWith(".").hasSizeGreaterThan(20);
            assertThat(option.getValue().path("javaType").asText()).isNotEmpty();
            assertThat(option.getValue().has("label") || option.getValue().path("group").asText().equals("common")).isTrue();
        });
        assertThat(properties.get("executionProvider").get("enum")).extracting(JsonNode::asText)
                .containsExactly("CPU", "CUDA", "OPENVINO");
        assertThat(properties.get("confidence").get("defaultValue").asText()).isEqualTo("0.25");
    }

    @Test
    void everyHeaderIsDescribedWithItsTypeAndConstant() throws IOException {
        assertThat(json().get("headers").properties()).isNotEmpty().allSatisfy(header -> {
            assertThat(header.getValue().path("description").asText()).isNotEmpty();
            assertThat(header.getValue().path("javaType").asText()).isNotEmpty();
            assertThat(header.getValue().path("constantName").asText()).startsWith("io.github.camellva.onnx.LvaOnnxConstants#");
        });
    }

    @Test
    void theComponentIsAnnouncedWithItsVersion() throws IOException {
        Properties announced = new Properties();
        try (InputStream stream = entry("META-INF/services/org/apache/camel/component.properties")) {
            announced.load(stream);
        }
        assertThat(announced).containsEntry("components", "lvaonnx").containsEntry("groupId", "io.github.camellva")
                .containsEntry("artifactId", "camel-lva-onnx").containsKey("version");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "META-INF/jandex.idx",
            "META-INF/services/org/apache/camel/component/lvaonnx",
            "META-INF/services/org/apache/camel/configurer/lvaonnx-component",
            "META-INF/services/org/apache/camel/configurer/lvaonnx-endpoint",
            "META-INF/services/org/apache/camel/urifactory/lvaonnx-endpoint",
            "META-INF/services/org/apache/camel/dev-console/lvaonnx",
            "kamelets/lvaonnx-action.kamelet.yaml" })
    void whatRuntimesLookForIsThere(String name) {
        assertThat(jar.getEntry(name)).isNotNull();
    }

    @Test
    void itIsAModuleWithANameOfItsOwn() throws IOException {
        assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name")).isEqualTo("io.github.camellva.onnx");
    }

    @Test
    void nothingElseIsAtItsTop() {
        Set<String> top = jar.stream().map(entry -> entry.getName().replaceAll("/.*", "")).collect(Collectors.toCollection(TreeSet::new));
        assertThat(top).containsExactly("META-INF", "io", "kamelets");
    }

    private JsonNode json() throws IOException {
        try (InputStream stream = entry("META-INF/io/github/camellva/onnx/lvaonnx.json")) {
            return new ObjectMapper().readTree(stream);
        }
    }

    private InputStream entry(String name) throws IOException {
        return jar.getInputStream(jar.getEntry(name));
    }
}
