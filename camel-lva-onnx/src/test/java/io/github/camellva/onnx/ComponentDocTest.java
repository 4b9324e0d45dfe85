package io.github.camellva.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The component's page, whose tables are made of the JSON that describes the component. With {@code -DupdateDocs} they are
 * written, otherwise they must be what would be written.
 */
class ComponentDocTest {

    private static final Path PAGE = Path.of("src/main/docs/lvaonnx-component.adoc");
    private static final Path JSON = Path.of("target/classes/META-INF/io/github/camellva/onnx/lvaonnx.json");
    private static final boolean UPDATE = System.getProperty("updateDocs") != null;

    private final JsonNode component = read();

    @Test
    void itsTablesAreThoseOfTheComponent() throws Exception {
        String page = Files.readString(PAGE);
        String made = replace(page, "component options", options("componentProperties"));
        made = replace(made, "endpoint options", options("properties"));
        made = replace(made, "headers", headers());
        if (UPDATE) {
            Files.writeString(PAGE, made);
        }
        assertThat(UPDATE ? Files.readString(PAGE) : page).isEqualTo(made);
    }

    private String options(String group) {
        return table(members(group)
                .map(option -> row(
                        "*" + option.getKey() + "*" + required(option.getValue()) + label(option.getValue()),
                        text(option.getValue(), "description") + accepted(option.getValue()),
                        text(option.getValue(), "defaultValue"), type(option.getValue()))));
    }

    private String headers() {
        return table(members("headers")
                .map(header -> row(
                        "*" + header.getKey() + "*" + label(header.getValue()) + "\n\nConstant: `"
                               + text(header.getValue(), "constantName").replaceAll(".*#", "") + "`",
                        text(header.getValue(), "description"), "", type(header.getValue()))));
    }

    private Stream<Map.Entry<String, JsonNode>> members(String group) {
        return component.get(group).properties().stream();
    }

    private static String required(JsonNode option) {
        return option.path("required").asBoolean() ? " *Required*" : "";
    }

    private static String label(JsonNode described) {
        String label = text(described, "label");
        return label.isEmpty() ? "" : " (" + label + ")";
    }

    private static String accepted(JsonNode option) {
        return option.has("enum")
                ? option.get("enum").valueStream().map(JsonNode::asText).collect(Collectors.joining(", ", "\n\nEnum values: ", ""))
                : "";
    }

    private static String type(JsonNode described) {
        return text(described, "javaType").replaceAll("[\\w.]+\\.(?=\\w)", "");
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText("");
    }

    private static String row(String... cells) {
        return Stream.of(cells).map(cell -> "| " + cell.replace("|", "\\|")).map(String::stripTrailing)
                .collect(Collectors.joining("\n", "", "\n\n"));
    }

    private static String table(Stream<String> rows) {
        return rows.collect(Collectors.joining(
                "", "[width=\"100%\",cols=\"2,5,^1,2\",options=\"header\"]\n|===\n| Name | Description | Default | Type\n\n", "|===\n"));
    }

    private static String replace(String page, String part, String table) {
        String start = "// " + part + ": START\n";
        int from = page.indexOf(start) + start.length();
        return page.substring(0, from) + table + page.substring(page.indexOf("// " + part + ": END\n", from));
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(JSON.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
