package io.github.camellva.video;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** The Kamelet in the jar, found on the class path. */
class YamlKameletIT {

    private static final Path KAMELET = Path.of("target/classes/kamelets/lvavideo-source.kamelet.yaml");

    @Test
    void framesComeOutOfIt() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("kamelet:lvavideo-source?source=RAW(lavfi:testsrc2=size=64x48:duration=1)&maxFrames=5").to("mock:result");
                }
            });
            MockEndpoint result = context.getEndpoint("mock:result", MockEndpoint.class);
            result.expectedMessageCount(5);
            context.start();
            result.assertIsSatisfied();
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void itsParametersAreOptionsOfTheComponent() throws Exception {
        JsonObject options = (JsonObject) ((JsonObject) Jsoner.deserialize(
                Files.readString(Path.of("target/classes/META-INF/io/github/camellva/video/lvavideo.json")))).get("properties");
        Map<String, Map<String, Map<String, Map<String, Object>>>> kamelet
                = (Map<String, Map<String, Map<String, Map<String, Object>>>>) new Load(LoadSettings.builder().build())
                        .loadFromString(Files.readString(KAMELET));
        Map<String, Object> parameters = kamelet.get("spec").get("definition").get("properties");
        Map<String, List<Object>> described = new HashMap<>();
        parameters.forEach((name, parameter) -> described.put(
                name, Arrays.asList(((Map<String, Object>) parameter).get("description"), ((Map<String, Object>) parameter).get("enum"))));
        assertThat(described).allSatisfy((name, parameter) -> {
            JsonObject option = (JsonObject) options.get(name);
            assertThat(parameter.get(0)).isEqualTo(option.get("description"));
            assertThat(parameter.get(1)).isEqualTo(option.get("enum"));
        });
    }
}
