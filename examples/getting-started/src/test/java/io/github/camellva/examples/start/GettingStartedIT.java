package io.github.camellva.examples.start;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.ChildProcess;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

/** Types what the guide's first page says, on a machine where nothing of this project is installed. */
@Timeout(600)
class GettingStartedIT {

    private static final Path ROOT = Path.of(System.getProperty("build.project")).normalize();
    private static final Duration INSTALLS_WITHIN = Duration.ofMinutes(5);
    private static final Duration PRINTS_WITHIN = Duration.ofMinutes(3);

    /** What is there after each of the page's commands. */
    private static final List<List<String>> INSTALLED = new ArrayList<>();

    private static GuidePage page;
    private static EmptyMachine machine;

    @TempDir
    static Path directory;

    @BeforeAll
    static void install() throws Exception {
        page = GuidePage.read(ROOT.resolve("docs/getting-started.md"));
        machine = new EmptyMachine(Files.createDirectory(directory.resolve("machine")), ROOT);
        for (String install : page.commands("install")) {
            try (ChildProcess maven = machine.type(install, machine.checkout())) {
                assertThat(maven.onExit().get(INSTALLS_WITHIN.toSeconds(), TimeUnit.SECONDS)).as(install).isZero();
            }
            INSTALLED.add(machine.installed());
        }
    }

    @AfterAll
    static void removeTheMachine() throws IOException {
        machine.close();
    }

    @Test
    void theFirstCommandInstallsTheComponentAlone() {
        assertThat(INSTALLED.get(0)).containsExactlyInAnyOrder("camel-lva-grpc-parent", "lva-grpc-proto", "camel-lva-grpc");
    }

    @Test
    void theSecondAddsTheStarterAndTheComponentsThatItKnows() {
        assertThat(INSTALLED).hasSize(2).element(1, LIST).containsExactlyInAnyOrder(
                "camel-lva-grpc-parent", "lva-grpc-proto", "camel-lva-grpc", "camel-lva-video", "camel-lva-onnx", "camel-lva-grpc-starter");
    }

    @ParameterizedTest
    @ValueSource(strings = { "Java", "YAML", "Spring Boot" })
    void aProjectFromNothingAnswersFrames(String title) throws Exception {
        GuidePage.Project project = page.project(title);
        int port = freePort();
        Path folder = Files.createDirectory(directory.resolve(title.replace(" ", "-")));
        project.makeFiles(folder, text -> text.replace("5001", String.valueOf(port)));
        try (ChildProcess application = machine.type(project.command(), folder)) {
            List<Pattern> expected = project.expectedLines(text -> text.replace("5001", String.valueOf(port)));
            assertThat(expected).hasSize(3);
            application.awaitLine(expected.get(0), PRINTS_WITHIN);
            assertThat(outcomeOfAFrame(port)).isEqualTo("answered");
            for (Pattern line : expected) {
                application.awaitLine(line, PRINTS_WITHIN);
            }
        }
    }

    /** As examples/camera-to-extension sends it. */
    private static Object outcomeOfAFrame(int port) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            return context.createProducerTemplate().send(
                    "lvagrpc:127.0.0.1:" + port + "?encoding=JPG&width=416&height=416&graphInstanceName=test-pattern",
                    frame -> frame.getMessage().setBody(new BufferedImage(640, 360, BufferedImage.TYPE_3BYTE_BGR)))
                    .getMessage().getHeader("CamelLvaGrpcOutcome");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
