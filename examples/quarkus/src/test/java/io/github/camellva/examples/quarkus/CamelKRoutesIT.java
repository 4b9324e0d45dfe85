package io.github.camellva.examples.quarkus;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.StandInModel;
import io.github.camellva.proto.Inference;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The routes of the manifests in examples/camel-k on Camel Quarkus, which is what Camel K runs them on, in this application beside
 * its own: as they are, but for ports, the address of the model, and where the certificate is.
 */
@Timeout(600)
class CamelKRoutesIT {

    private static final Path MANIFESTS = Path.of("..", "camel-k");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int FRAMES = 2;
    private static final int FRAMES_OF_TEN_SECONDS = 250;
    private static final int MOST_LINES = 100;
    private static final List<String> PRINTED = new CopyOnWriteArrayList<>();

    @TempDir
    static Path directory;

    private static StandInModel model;
    private static Application application;
    private static Properties credentials;

    private final List<Inference> inferences = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startTheApplication() throws Exception {
        ServerCertificate.makeIn(directory);
        credentials = credentials();
        model = new StandInModel();
        String pattern = String.join(",", "classpath:routes/*.camel.yaml",
                "file:" + routes("integration.yaml"), "file:" + routes("integration-shared-memory.yaml"), "file:" + pipe(),
                "file:" + Path.of("src", "test", "resources", "types.camel.yaml").toAbsolutePath());
        application = Application.start(Application.jarIn(Path.of("target")), Map.of(
                "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", pattern,
                "CAMEL_KAMELET_LVAGRPC_SOURCE_PORT", "0",
                "CAMEL_COMPONENT_LVAGRPC_HOST", "127.0.0.1",
                "CAMEL_COMPONENT_LVAGRPC_PORT", "0",
                "MODEL_URL", model.url(),
                "TLS_CERTIFICATE", "file:" + directory.resolve("tls.crt"),
                "TLS_KEY", "file:" + directory.resolve("tls.key"),
                "NODE_USERNAME", credentials.getProperty("node.username"),
                "NODE_PASSWORD", credentials.getProperty("node.password")), PRINTED::add);
    }

    @AfterAll
    static void stopTheApplication() {
        if (application != null) {
            application.close();
        }
        model.close();
    }

    @Test
    void theIntegrationAnswersNodesWithPasswordAndTlsAndPublishesEvents() throws Exception {
        send(application.extensionPort("lvagrpc-extension"), passwordAndTls());
        assertFoundInEveryFrame();
        JsonNode event = new ObjectMapper().readTree(application.printed(Pattern.compile("\\{\"specversion\".*"), TIMEOUT));
        assertThat(event.path("source").asText()).endsWith("/camera-1/processors/extension");
        assertThat(event.path("type").asText()).contains("Inference");
    }

    @Test
    void theIntegrationRefusesNodesWithoutPassword() throws Exception {
        send(application.extensionPort("lvagrpc-extension"), tls());
        assertThat(failures).isNotEmpty().allMatch(failure -> failure.contains("UNAUTHENTICATED"));
    }

    @Test
    void theApplicationTakesPasswordAndTlsOfItsEnvironment() throws Exception {
        send(application.extensionPort("extension"), passwordAndTls());
        assertFoundInEveryFrame();
    }

    @Test
    void thePipeAnswersWithWhatItsSinkFound() throws Exception {
        send(application.extensionPort("lvagrpc-source-1"), "encoding=JPG");
        assertFoundInEveryFrame();
    }

    @Test
    void framesComeThroughSharedMemory() throws Exception {
        send(application.extensionPort("shared-memory"), "encoding=JPG&dataTransfer=sharedMemory");
        assertFoundInEveryFrame();
    }

    @Test
    void dataTypesWithCloudEventsInTheirNamesAreFoundAndTheComponentHasHostAndPort() throws Exception {
        send(application.extensionPort("events"), "encoding=JPG");
        assertFoundInEveryFrame();
    }

    @Test
    void typeConvertersAndDataTypesOfTheComponentAreFound() throws Exception {
        send(application.extensionPort("types"), "encoding=JPG");
        assertFoundInEveryFrame();
    }

    @Test
    void framesOfAVideoComeOutOfLvavideo() throws Exception {
        assertThat(application.printed(Pattern.compile("video frame 3, .*"), TIMEOUT)).contains("image/jpeg");
    }

    @Test
    void aModelThatIsOffCostsEachRouteFewLinesAndNoFrameIsAnswered() throws Exception {
        model.close();
        try {
            assertFewLines("lvagrpc-extension", passwordAndTls());
            assertFewLines("extension", passwordAndTls());
            assertFewLines("shared-memory", "encoding=JPG&dataTransfer=sharedMemory");
            assertFewLines("lvagrpc-source-1", "encoding=JPG");
        } finally {
            model.restart();
        }
        send(application.extensionPort("lvagrpc-source-1"), "encoding=JPG");
        assertThat(inferences).hasSize(FRAMES);
    }

    private void assertFewLines(String route, String options) throws Exception {
        failures.clear();
        int before = PRINTED.size();
        send(application.extensionPort(route), options, FRAMES_OF_TEN_SECONDS);
        assertThat(inferences).isEmpty();
        assertThat(failures).hasSize(FRAMES_OF_TEN_SECONDS).allMatch(failure -> failure.contains("not processed"));
        assertThat(PRINTED.subList(before, PRINTED.size())).as(route).hasSizeLessThan(MOST_LINES)
                .anyMatch(line -> line.contains("Connection refused"));
    }

    private static String passwordAndTls() {
        return tls() + "&username=" + credentials.getProperty("node.username")
               + "&password=RAW(" + credentials.getProperty("node.password") + ")";
    }

    private static String tls() {
        return "encoding=JPG&trustCertCollectionResource=file:" + directory.resolve("tls.crt");
    }

    private void assertFoundInEveryFrame() {
        assertThat(failures).isEmpty();
        assertThat(inferences).hasSize(FRAMES)
                .allMatch(found -> found.getEntity().getTag().getValue().equals(StandInModel.TAG));
    }

    private void send(int port, String options) throws Exception {
        send(port, options, FRAMES);
    }

    private void send(int port, String options, int frames) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            new Cameras(context, 1, new CameraListener() {
                @Override
                public void answered(CameraFrame frame, List<Inference> found) {
                    inferences.addAll(found);
                }

                @Override
                public void failed(CameraFrame frame, String why) {
                    failures.add(why);
                }
            }, new CountDownLatch(1)).run("lvagrpc:127.0.0.1:" + port + "?maxInFlight=2&" + options, frames, Pace.UNLIMITED);
        }
    }

    /** The flows of an Integration as a file of routes. */
    private static Path routes(String manifest) throws Exception {
        YAMLMapper yaml = new YAMLMapper();
        JsonNode flows = yaml.readTree(here(manifest)).path("spec").path("flows");
        return Files.writeString(directory.resolve(manifest), yaml.writeValueAsString(flows));
    }

    /** Camel's YAML DSL takes a Pipe as it is. */
    private static Path pipe() throws Exception {
        return Files.writeString(directory.resolve("pipe.yaml"), here("pipe.yaml").split("(?m)^---$")[0]);
    }

    private static String here(String manifest) throws Exception {
        return Files.readString(MANIFESTS.resolve(manifest))
                .replace("port: 5001", "port: 0")
                .replace("detector:8000", model.authority())
                .replace("/etc/lvagrpc/tls", directory.toString());
    }

    private static Properties credentials() throws Exception {
        JsonNode secret = new YAMLMapper().readTree(Files.readString(MANIFESTS.resolve("secrets.yaml"), StandardCharsets.UTF_8));
        Properties properties = new Properties();
        properties.load(new StringReader(secret.path("stringData").path("lvagrpc.properties").asText()));
        return properties;
    }
}
