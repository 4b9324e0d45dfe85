package io.github.camellva.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The component's page, whose tables are made of the JSON that describes the component. With {@code -DupdateDocs} they are
 * written, otherwise they must be what would be written.
 */
class ComponentDocTest {

    private static final Path PAGE = Path.of("src/main/docs/lvagrpc-component.adoc");
    private static final Path JSON = Path.of("target/classes/META-INF/io/github/camellva/grpc/lvagrpc.json");
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

    @ParameterizedTest
    @ValueSource(strings = { "xml", "yaml" })
    void itsRoutesAreRead(String language) throws Exception {
        for (String block : blocks(language)) {
            try (CamelContext context = new DefaultCamelContext()) {
                PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("page." + language, block));
                assertRouteIsRead(context);
            }
        }
    }

    @Test
    void itsJavaRoutesAreRead(@TempDir Path directory) throws Exception {
        for (String block : blocks("java")) {
            String source = "import io.github.camellva.grpc.media.FrameException; import org.apache.camel.LoggingLevel;"
                            + "public class PageRoute extends org.apache.camel.builder.RouteBuilder { public void configure() {" + block + "} }";
            try (URLClassLoader compiled = Readme.compile(directory, source); CamelContext context = new DefaultCamelContext()) {
                context.addRoutes((RoutesBuilder) compiled.loadClass("PageRoute").getDeclaredConstructor().newInstance());
                assertRouteIsRead(context);
            }
        }
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = Pattern.compile("\\[source," + language + "]\n----\n(.*?)\n----", Pattern.DOTALL)
                .matcher(Files.readString(PAGE)).results()
                .map(block -> block.group(1)).filter(block -> block.contains("lvagrpc:") || block.contains("uri: lvagrpc")).toList();
        assertThat(blocks).hasSize(2);
        return blocks;
    }

    private static void assertRouteIsRead(CamelContext context) {
        context.setAutoStartup(false);
        context.start();
        assertThat(context.getRoutes()).hasSize(1);
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
