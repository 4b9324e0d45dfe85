package io.github.camellva.grpc.springboot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.util.StringHelper;

/**
 * Writes the class of a component's properties, and their defaults, as the JSON that describes the component says.
 *
 * @param scheme of the component
 * @param name   that its classes begin with
 * @param json   that describes it
 */
record PropertiesSource(String scheme, String name, String json) {

    /** All that the starter has properties of. */
    static final List<PropertiesSource> ALL = List.of(
            new PropertiesSource("lvagrpc", "LvaGrpc", "META-INF/io/github/camellva/grpc/lvagrpc.json"),
            new PropertiesSource("lvaonnx", "LvaOnnx", "META-INF/io/github/camellva/onnx/lvaonnx.json"),
            new PropertiesSource("lvavideo", "LvaVideo", "META-INF/io/github/camellva/video/lvavideo.json"));

    private static final int LINE = 120;

    private static final String HEAD = """
            package io.github.camellva.grpc.springboot;

            import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
            import org.springframework.boot.context.properties.ConfigurationProperties;

            /**
             * Options of the component, as {@code camel.component.%1$s.*}. Those that are not set stay as the component has them, or as
             * whoever made it a bean has set them. Written by PropertiesTest.
             */
            @ConfigurationProperties(prefix = %2$sComponentConfiguration.PREFIX, ignoreUnknownFields = false)
            public class %2$sComponentConfiguration extends ComponentConfigurationPropertiesCommon {

                public static final String PREFIX = "camel.component.%1$s";

            """;
    private static final String FIELD = """
                /**
            %s
                 */
                private %s %s;

            """;
    private static final String ACCESSORS = """
                public %1$s get%3$s() {
                    return %2$s;
                }

                public void set%3$s(%1$s %2$s) {
                    this.%2$s = %2$s;
                }
            """;

    private static final String ENABLED = """
                {
                  "name": "camel.component.%1$s.enabled",
                  "type": "java.lang.Boolean",
                  "description": "Whether the component %1$s is configured by these properties.",
                  "defaultValue": true
                },
                {
                  "name": "camel.component.%1$s.customizer.enabled",
                  "type": "java.lang.Boolean",
                  "description": "Whether these properties are set on components %1$s that the Camel context makes.",
                  "defaultValue": true
                },
            """;

    String prefix() {
        return "camel.component." + scheme;
    }

    String javaOf(JsonNode options) {
        return options.properties().stream().map(PropertiesSource::field)
                .collect(Collectors.joining("", HEAD.formatted(scheme, name), ""))
               + options.properties().stream().map(PropertiesSource::accessors).collect(Collectors.joining("\n", "", "}\n"));
    }

    /** Of all components, as one file. */
    static String defaultsOf(Function<PropertiesSource, JsonNode> options) {
        return ALL.stream().map(component -> component.defaults(options.apply(component)))
                .collect(Collectors.joining(",\n", "{\n  \"properties\": [\n", "\n  ]\n}\n"));
    }

    private String defaults(JsonNode options) {
        return ENABLED.formatted(scheme) + options.properties().stream().filter(option -> option.getValue().hasNonNull("defaultValue"))
                .map(option -> "    { \"name\": \"" + prefix() + "."
                               + StringHelper.camelCaseToDash(option.getKey()) + "\", \"defaultValue\": "
                               + option.getValue().get("defaultValue") + " }")
                .collect(Collectors.joining(",\n"));
    }

    /** Of the property: an object is a bean, referred to by its name. */
    static String typeOf(JsonNode option) {
        return switch (option.get("type").asText()) {
            case "boolean" -> Boolean.class.getName();
            case "object", "string", "enum" -> String.class.getName();
            default -> boxed(option.get("javaType").asText());
        };
    }

    private static String boxed(String javaType) {
        return switch (javaType) {
            case "int" -> Integer.class.getName();
            case "long" -> Long.class.getName();
            case "double" -> Double.class.getName();
            default -> javaType;
        };
    }

    private static String field(Map.Entry<String, JsonNode> option) {
        String description = option.getValue().get("description").asText();
        boolean isBean = option.getValue().get("type").asText().equals("object");
        return FIELD.formatted(
                comment(description + (description.endsWith(".") ? "" : ".")
                        + (isBean ? " The name of a bean, with # before it." : "")),
                simple(option.getValue()), option.getKey());
    }

    private static String accessors(Map.Entry<String, JsonNode> option) {
        return ACCESSORS.formatted(simple(option.getValue()), option.getKey(), StringHelper.capitalize(option.getKey()));
    }

    private static String simple(JsonNode option) {
        return typeOf(option).replace("java.lang.", "");
    }

    private static String comment(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("     *");
        for (String word : text.split(" ")) {
            if (line.length() + 1 + word.length() > LINE) {
                lines.add(line.toString());
                line = new StringBuilder("     *");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return String.join("\n", lines);
    }
}
