package io.github.camellva.video;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The component's page, whose tables are made of the JSON that describes the component. With {@code -DupdateDocs} they are
 * written, otherwise they must be what would be written.
 */
class ComponentDocTest {

    private static final Path PAGE = Path.of("src/main/docs/lvavideo-component.adoc");
    private static final Path JSON = Path.of("target/classes/META-INF/io/github/camellva/video/lvavideo.json");
    private static final boolean UPDATE = System.getProperty("updateDocs") != null;

    private JsonObject component;

    @BeforeEach
    void read() throws Exception {
        component = (JsonObject) Jsoner.deserialize(Files.readString(JSON));
    }

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
        return table(members(group).map(option -> row(
                "*" + option.getKey() + "*" + (Boolean.TRUE.equals(option.getValue().get("required")) ? " *Required*" : "")
                                                     + label(option.getValue()),
                text(option.getValue(), "description") + accepted(option.getValue()), text(option.getValue(), "defaultValue"),
                type(option.getValue()))));
    }

    private String headers() {
        return table(members("headers").map(header -> row(
                "*" + header.getKey() + "*" + label(header.getValue()) + "\n\nConstant: `"
                                                          + text(header.getValue(), "constantName").replaceAll(".*#", "") + "`",
                text(header.getValue(), "description"), "", type(header.getValue()))));
    }

    private Stream<Map.Entry<String, JsonObject>> members(String group) {
        return component.getMap(group).entrySet().stream().map(member -> Map.entry(member.getKey().toString(), (JsonObject) member.getValue()));
    }

    private static String label(JsonObject described) {
        String label = text(described, "label");
        return label.isEmpty() ? "" : " (" + label + ")";
    }

    private static String accepted(JsonObject option) {
        return option.get("enum") instanceof JsonArray values
                ? values.stream().map(Object::toString).collect(Collectors.joining(", ", "\n\nEnum values: ", "")) : "";
    }

    private static String type(JsonObject described) {
        return text(described, "javaType").replaceAll("[\\w.]+\\.(?=\\w)", "");
    }

    private static String text(JsonObject described, String member) {
        Object value = described.get(member);
        return value == null ? "" : value.toString();
    }

    private static String row(String... cells) {
        return Stream.of(cells).map(cell -> "| " + cell.replace("|", "\\|")).map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n\n"));
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
}
