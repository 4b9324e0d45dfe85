package io.github.camellva.examples.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README and docs/model-servers.md show is what there is. */
class ReadmeIT {

    private static final Path README = Path.of("README.md");
    private static final Path ROUTE = Path.of("src/main/resources/routes/detect.camel.yaml");
    private static final Path MODEL_SERVERS = Path.of("..", "..", "docs", "model-servers.md");

    @Test
    void theReadmeShowsTheRouteThatIsRun() throws IOException {
        assertThat(block(README, "yaml")).isEqualTo(Files.readString(ROUTE).replaceFirst("(?s)^# .*?\\n\\n", ""));
    }

    @Test
    void thePageShowsTheRouteThatIsTested() throws IOException {
        String source = Files.readString(
                Path.of("src/main/java").resolve(ModelServerRoute.class.getName().replace('.', '/') + ".java"));
        assertThat(source).contains(block(MODEL_SERVERS, "java"));
    }

    private static String block(Path page, String language) throws IOException {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(page)).results().findFirst().orElseThrow().group(1);
    }
}
