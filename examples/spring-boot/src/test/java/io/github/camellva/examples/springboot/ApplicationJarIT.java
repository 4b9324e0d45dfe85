package io.github.camellva.examples.springboot;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.proto.Inference;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** The application as it is deployed: one jar in a JVM of its own, with jars inside of it. */
@Timeout(120)
class ApplicationJarIT {

    private static final Pattern EXTENSION = Pattern.compile("Route extension serves nodes on 127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern SERVER = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern STARTED = Pattern.compile("Started ExtensionApplication in");

    private final List<String> printed = new ArrayList<>();
    private Process process;
    private BufferedReader output;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-jar", System.getProperty("application.jar"),
                "--extension.host=127.0.0.1", "--extension.port=0", "--server.address=127.0.0.1", "--server.port=0")
                .redirectErrorStream(true).start();
        output = process.inputReader();
    }

    @AfterEach
    void end() throws IOException {
        process.destroyForcibly();
        output.close();
    }

    @Test
    void itAnswersFramesCountsThemAndStopsWhenItIsTold() throws Exception {
        String server = awaitLine(SERVER);
        String extension = awaitLine(EXTENSION);
        awaitLine(STARTED);
        Answers answers = new Answers();
        try (CamelContext nodes = new DefaultCamelContext()) {
            nodes.start();
            new Cameras(nodes, 1, answers, new CountDownLatch(1)).run("lvagrpc:127.0.0.1:" + extension, 3, Pace.UNLIMITED);
        }
        assertThat(answers.problems).isEmpty();
        Actuator actuator = new Actuator("http://127.0.0.1:" + server + "/actuator");
        assertThat(actuator.health().port()).isEqualTo(Integer.parseInt(extension));
        assertThat(actuator.metrics()).filteredOn(metric -> metric.isFrames() && metric.hasLabel("outcome", "answered"))
                .singleElement().extracting(Metric::value).isEqualTo(3.0);
        // unlike the process, its handle leaves the output open
        process.toHandle().destroy();
        output.lines().forEach(printed::add);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).anyMatch(line -> line.contains("Apache Camel") && line.contains("shutdown in"));
    }

    /** The first group of the first line that has what is looked for, or an empty text. */
    private String awaitLine(Pattern pattern) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.add(line);
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher.groupCount() == 0 ? "" : matcher.group(1);
            }
        }
        throw new AssertionError("the application ended without printing " + pattern + ":\n" + String.join("\n", printed));
    }

    private static final class Answers implements CameraListener {

        private final List<String> problems = new ArrayList<>();

        @Override
        public void answered(CameraFrame frame, List<Inference> inferences) {
            // counted by the application
        }

        @Override
        public synchronized void failed(CameraFrame frame, String why) {
            problems.add(why);
        }
    }
}
