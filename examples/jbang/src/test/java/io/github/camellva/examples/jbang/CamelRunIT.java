package io.github.camellva.examples.jbang;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.ChildProcess;
import io.github.camellva.examples.rig.OptionReader;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.StandInModel;
import io.github.camellva.examples.rig.UsageException;
import io.github.camellva.proto.Inference;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The commands of the README, by the CLI's own code in processes of its own. */
@Timeout(600)
class CamelRunIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final CamelCommand.Build BUILD = CamelCommand.Build.ofSystemProperties();
    private static final List<String> GET_SERVICE = List.of("get", "service");
    private static final List<String> GET_HEALTH = List.of("get", "health", "--level=full");
    private static final List<String> SUSPEND = List.of("cmd", "suspend-route", "--id=extension");
    private static final Path INSTALLED = BUILD.repository().resolve(Path.of("io", "github", "camellva"));

    private static final int FRAMES_OF_TEN_SECONDS = 250;
    private static final int MOST_LINES = 100;

    private final List<Inference> inferences = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    @Test
    void bothCommandsOfTheReadmeRunAndAnswerFrames() throws Exception {
        boolean installed = Files.exists(INSTALLED);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        CamelRun.Summary summary = camelRun(printed, "seconds", "3").run();
        assertThat(summary.isComplete()).as(printed.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("camera-1 frame \\d+: \\{.*\"value\":\"car\"")
                .endsWith("answered " + summary.answered() + " frames" + System.lineSeparator());
        assertThat(Files.exists(INSTALLED)).as("the component in the user's repository").isEqualTo(installed);
    }

    @Test
    void framesOfCamerasElsewhereAreAnsweredAndTheCommandsOfTheReadmeTellOfThem() throws Exception {
        int http = freePort();
        try (StandInModel model = new StandInModel();
             CamelCommand camel = new CamelCommand(BUILD);
             ChildProcess extension = camel.start(camel.run("extension.camel.yaml", "--prop=extension.port=0",
                     "--prop=model.url=" + model.url(), "--console", "--management-port=" + http), line -> { })) {
            String port = extension.awaitLine(Pattern.compile("serves nodes on 0\\.0\\.0\\.0:(\\d+)"), TIMEOUT).group(1);
            send(Integer.parseInt(port), 3);
            assertThat(failures).isEmpty();
            assertThat(inferences).hasSize(2 * 3).allMatch(found -> found.getEntity().getTag().getValue().equals(StandInModel.TAG));
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(
                    () -> assertThat(read("http://127.0.0.1:" + http + "/q/dev/lvagrpc")).contains("extension"));
            assertThat(output(camel, GET_SERVICE)).containsPattern("lvagrpc +in +extension +grpc");
            assertThat(output(camel, GET_HEALTH)).containsPattern("camel/consumer:extension +R +UP");
            // again and again: the CLI leaves it in a file, which the application may read, and delete, before it is written
            await().atMost(TIMEOUT).untilAsserted(() -> {
                output(camel, SUSPEND);
                assertThat(output(camel, GET_HEALTH)).containsPattern("camel/consumer:extension +R +DOWN");
            });
        }
    }

    @Test
    void aModelThatIsOffCostsFewLinesAndNoFrameIsAnswered() throws Exception {
        List<String> printed = new CopyOnWriteArrayList<>();
        try (StandInModel model = new StandInModel();
             CamelCommand camel = new CamelCommand(BUILD);
             ChildProcess extension = camel.start(camel.run("extension.camel.yaml", "--prop=extension.port=0",
                     "--prop=model.url=" + model.url()), printed::add)) {
            String port = extension.awaitLine(Pattern.compile("serves nodes on 0\\.0\\.0\\.0:(\\d+)"), TIMEOUT).group(1);
            model.close();
            int before = printed.size();
            send(Integer.parseInt(port), FRAMES_OF_TEN_SECONDS);
            assertThat(inferences).isEmpty();
            assertThat(failures).hasSize(2 * FRAMES_OF_TEN_SECONDS);
            assertThat(printed.subList(before, printed.size())).hasSizeLessThan(MOST_LINES)
                    .anyMatch(line -> line.contains("Connection refused"));
        }
    }

    @Test
    void theReadmeHasNoOtherCommandsOfTheCli() throws Exception {
        List<String> commands = Files.readAllLines(Path.of("README.md")).stream().filter(line -> line.startsWith("camel ")).toList();
        try (CamelCommand camel = new CamelCommand(BUILD)) {
            assertThat(commands).containsExactly(
                    "camel " + String.join(" ", camel.run("extension.camel.yaml")),
                    "camel " + String.join(" ", camel.run("stand-ins.camel.yaml", "--port=8000")),
                    "camel " + String.join(" ", GET_SERVICE),
                    "camel " + String.join(" ", GET_HEALTH),
                    "camel " + String.join(" ", SUSPEND));
        }
    }

    @Test
    void aWrongNumberOfSecondsIsRefused() {
        assertThatThrownBy(() -> camelRun(new ByteArrayOutputStream(), "seconds", "0"))
                .isInstanceOf(UsageException.class)
                .hasMessage("-Dseconds=0: a whole number from 1 to 86400 is accepted, for instance -Dseconds=10");
    }

    private void send(int port, int frames) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            new Cameras(context, 2, new CameraListener() {
                @Override
                public void answered(CameraFrame frame, List<Inference> found) {
                    inferences.addAll(found);
                }

                @Override
                public void failed(CameraFrame frame, String why) {
                    failures.add(why);
                }
            }, new CountDownLatch(1)).run("lvagrpc:127.0.0.1:" + port + "?encoding=JPG", frames, Pace.UNLIMITED);
        }
    }

    private static String read(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String output(CamelCommand camel, List<String> arguments) throws Exception {
        List<String> lines = new ArrayList<>();
        try (ChildProcess command = camel.start(arguments, lines::add)) {
            command.onExit().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
        return String.join("\n", lines);
    }

    private static CamelRun camelRun(ByteArrayOutputStream printed, String name, String value) throws UsageException {
        Properties chosen = new Properties();
        chosen.setProperty(name, value);
        return OptionReader.read(new CamelRun(BUILD, new PrintStream(printed, true, StandardCharsets.UTF_8)), chosen);
    }
}
