package io.github.camellva.examples.scaleout;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.ChildProcess;
import io.github.camellva.examples.rig.ClassPath;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.LogFile;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.kafka.KafkaBroker;
import io.github.camellva.grpc.inference.InferenceDocument;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Workers come late here, so that it is known which frames wait for them. Every test has a camera of its own. */
@Timeout(180)
class GatewayWithoutWorkersIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static KafkaBroker broker;
    private static String brokers;
    private static CamelContext node;

    private final Answers answers = new Answers();

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.shared();
        brokers = broker.bootstrapServers();
        new Topics(brokers).ensureFrames(3);
        node = new DefaultCamelContext();
        node.start();
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    @Test
    void acknowledgedAtOnceAFrameIsInKafkaNotProcessedYetAndItsResultFollows() throws Exception {
        try (RunningMember gateway = gateway("at-once", "answer", "at-once")) {
            run("gate", gateway.address(), 10, new CountDownLatch(1));
        }
        assertThat(answers.failed()).isEmpty();
        assertThat(answers.answered()).as("would say that somebody looked and found nothing").isEmpty();
        assertThat(answers.notProcessed()).hasSize(10);
        assertThat(Records.of(brokers, Topics.FRAMES, "gate")).hasSize(10);
        try (RunningMember worker = worker()) {
            await().atMost(LONG).untilAsserted(() -> assertThat(results("gate"))
                    .isEqualTo(timestamps(answers.notProcessed())));
        }
    }

    @Test
    void aWorkerIsItsRouteAlone() throws Exception {
        try (RunningMember gateway = gateway("plain", "answer", "at-once")) {
            run("alone", gateway.address(), 1, new CountDownLatch(1));
        }
        ProcessBuilder camelMain = ChildProcess.java(ClassPath.of(getClass().getClassLoader()), List.of(
                "-Xmx128m", "-XX:TieredStopAtLevel=1", "-Dcamel.main.routesIncludePattern=classpath:routes/worker.camel.yaml",
                "-Dkafka.brokers=" + brokers, "-Dmember.name=worker-9", "org.apache.camel.main.Main"));
        ChildProcess worker = ChildProcess.start(camelMain, line -> { });
        try {
            await().atMost(LONG).untilAsserted(() -> assertThat(results("alone")).hasSize(1));
        } finally {
            worker.kill();
        }
    }

    @Test
    void aFrameThatNoWorkerHasTimeForIsAcknowledgedAsNotProcessedAndLookedAtAfterwards() throws Exception {
        try (RunningMember gateway = gateway("impatient", "answerTimeout", "1")) {
            LogFile log = new LogFile();
            run("late", gateway.address(), 1, new CountDownLatch(1));
            assertThat(answers.answered()).isEmpty();
            assertThat(answers.notProcessed()).hasSize(1);
            assertThat(log.lines()).anyMatch(line -> line.contains("WARN") && line.contains("no worker has answered frame "));
        }
        try (RunningMember worker = worker()) {
            await().atMost(LONG).untilAsserted(() -> assertThat(results("late")).hasSize(1));
        }
    }

    @Test
    void whatNoModelLooksAtIsPutAsideAndCostsFewLines() throws Exception {
        try (RunningMember gateway = gateway("failing"); RunningMember worker = worker()) {
            LogFile log = new LogFile();
            run("hard", gateway.address(), "&extensionConfiguration=dogs", 40, new CountDownLatch(1));
            assertThat(log.lines()).anyMatch(line -> line.contains("of hard cannot be looked at: ") && line.contains("there is no model 'dogs'"));
            assertThat(worker.printed().lines().count() + gateway.printed().lines().count() + log.lines().size()).isLessThan(20);
        }
        assertThat(answers.answered()).isEmpty();
        assertThat(answers.notProcessed()).hasSize(40);
        List<byte[]> frames = Records.of(brokers, Topics.FRAMES, "hard").stream().map(ConsumerRecord::value).toList();
        assertThat(Records.of(brokers, Topics.REJECTED, "hard")).extracting(ConsumerRecord::value)
                .containsExactlyElementsOf(frames);
    }

    @Test
    void whenAGatewayDiesItsFramesAreStillLookedAtAndItsNodesGoOnAtAnother() throws Exception {
        killUnderLoad("tower");
        List<Long> waiting = timestamps(answers.failed().keySet()).subList(0, Cameras.MOST_IN_FLIGHT);
        assertThat(answers.answered()).isEmpty();
        assertThat(answers.failed().values()).allMatch(why -> why.contains("UNAVAILABLE"));

        try (RunningMember worker = worker(); RunningMember other = gateway("other")) {
            await().atMost(LONG).untilAsserted(() -> assertThat(results("tower")).isEqualTo(waiting));
            run("tower", other.address(), 10, new CountDownLatch(1));
        }
        assertThat(answers.answered()).hasSize(10).allSatisfy((frame, inferences) -> assertThat(inferences).isNotEmpty());
        assertThat(results("tower")).hasSize(Cameras.MOST_IN_FLIGHT + 10).isSorted();
    }

    /** SIGKILL to a gateway of which it is known how many frames are in flight. Returns when the node knows. */
    private void killUnderLoad(String camera) throws Exception {
        Console nobody = new Console(new PrintStream(PrintStream.nullOutputStream()));
        CountDownLatch stop = new CountDownLatch(1);
        try (Cluster cluster = new Cluster(broker.directory(), nobody)) {
            cluster.startGateway("gateway-doomed", brokers, Map.of("partitions", "3"));
            String address = cluster.awaitRunning(stop).get(0);
            CompletableFuture<?> running = Background.start(() -> {
                run(camera, address, 100, stop);
                return null;
            });
            await().atMost(LONG).until(() -> Records.of(brokers, Topics.FRAMES, camera).size() == Cameras.MOST_IN_FLIGHT);
            stop.countDown();
            cluster.kill("gateway-doomed");
            running.get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void run(String camera, String address, long frames, CountDownLatch stop) throws Exception {
        run(camera, address, "", frames, stop);
    }

    private void run(String camera, String address, String options, long frames, CountDownLatch stop) throws Exception {
        new Cameras(node, List.of(camera), answers, stop).run(address + "?encoding=JPG" + options, frames, Pace.UNLIMITED);
    }

    private static RunningMember gateway(String name, String... more) throws Exception {
        return RunningMember.start(more, "role", "gateway", "brokers", brokers, "name", name, "listen", "127.0.0.1:0");
    }

    private static RunningMember worker(String... more) throws Exception {
        return RunningMember.start(more, "role", "worker", "brokers", brokers);
    }

    /** In the order in which they are in Kafka. */
    private static List<Long> results(String camera) {
        return Records.of(brokers, Topics.RESULTS, camera).stream()
                .map(result -> InferenceDocument.parse(result.value()).timestamp()).toList();
    }

    private static List<Long> timestamps(Collection<CameraFrame> frames) {
        return frames.stream().map(CameraFrame::timestamp).sorted().toList();
    }
}
