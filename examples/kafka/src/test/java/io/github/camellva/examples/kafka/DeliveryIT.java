package io.github.camellva.examples.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.camellva.examples.common.CameraFrame;
import io.github.camellva.examples.common.kafka.KafkaBroker;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Text;
import org.apache.camel.Body;
import org.apache.camel.component.seda.SedaEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What both routes do when the broker is down, and when it is back. */
@Timeout(120)
class DeliveryIT {

    private static final String TOPIC = "results";
    private static final int CAMERAS = 3;
    /** A name longer than names in the DNS may be: asking for it fails without asking anybody. */
    private static final String UNKNOWN_HOST = "b".repeat(64) + ":9092";

    @TempDir
    private Path directory;

    private KafkaBroker broker;
    private boolean down;

    @BeforeEach
    void startBroker() throws Exception {
        broker = KafkaBroker.start(directory);
    }

    @AfterEach
    void stopBroker() {
        if (!down) {
            broker.close();
        }
    }

    @Test
    void atLeastOnceFramesStayInTheRouteWhileTheBrokerIsDownAndNoneOfThoseAnsweredIsLost() throws Exception {
        try (RunningRoute route = start(Delivery.AT_LEAST_ONCE)) {
            CompletableFuture<Void> sending = route.send(CAMERAS, 60);
            await().until(() -> route.answered().size() > 10);
            brokerDown();
            // the client gave up on those in the route, and they are tried again
            await().atMost(Duration.ofSeconds(30)).until(() -> route.redeliveries() >= CAMERAS);
            assertThat(route.inRoute().now()).isEqualTo(CAMERAS);
            int answeredBefore = route.answered().size();
            assertThat(answeredBefore).isLessThan(CAMERAS * 60);
            brokerUp();
            sending.get(60, TimeUnit.SECONDS);

            assertThat(route.failures()).isEmpty();
            assertThat(route.answeredWithFindings()).hasSize(CAMERAS * 60);
            assertThat(stored()).containsAll(ids(route.answeredWithFindings()));
            assertThat(route.inRoute().most()).isEqualTo(1);
            assertThat(route.inRoute().sessions()).hasSize(CAMERAS).allSatisfy(sessions -> assertThat(sessions).hasSize(1));
            for (int camera = 1; camera <= CAMERAS; camera++) {
                String name = "camera-" + camera;
                assertThat(Topic.results(broker.bootstrapServers(), TOPIC))
                        .filteredOn(result -> result.camera().equals(name)).extracting(ResultRecord::timestamp).isSorted();
            }
        }
    }

    @Test
    void atLeastOnceABrokerThatIsDownAtTheStartIsWaitedForWhileNodesAreServed() throws Exception {
        brokerDown();
        try (RunningRoute route = start(Delivery.AT_LEAST_ONCE)) {
            CompletableFuture<Void> sending = route.send(CAMERAS, 10);
            await().atMost(Duration.ofSeconds(30)).until(() -> route.redeliveries() >= CAMERAS);
            assertThat(route.inRoute().now()).isEqualTo(CAMERAS);
            assertThat(route.answered()).isEmpty();
            brokerUp();
            sending.get(60, TimeUnit.SECONDS);
            assertThat(route.answeredWithFindings()).hasSize(CAMERAS * 10);
            assertThat(stored()).containsAll(ids(route.answeredWithFindings()));
        }
    }

    @Test
    void atLeastOnceARouteThatIsStoppedAnswersWithoutFindingsWhatItCouldNotPublish() throws Exception {
        CompletableFuture<Void> sending;
        RunningRoute route = start(Delivery.AT_LEAST_ONCE, UNKNOWN_HOST);
        try (route) {
            sending = route.send(1, 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> route.redeliveries() >= 1);
            assertThat(route.answered()).isEmpty();
        }
        sending.get(30, TimeUnit.SECONDS);
        assertThat(route.answeredWithFindings()).isEmpty();
        assertThat(route.answered()).hasSize(1);
    }

    @Test
    void atLeastOnceARecordThatNoBrokerTakesIsNotTriedAgain() throws Exception {
        try (RunningRoute route = RunningRoute.start(Delivery.AT_LEAST_ONCE, properties(address()), new Chatterbox())) {
            route.send(1, 2).get(60, TimeUnit.SECONDS);
            assertThat(route.answered()).hasSize(2);
            assertThat(route.answeredWithFindings()).isEmpty();
            assertThat(route.redeliveries()).isZero();
        }
    }

    @Test
    void atOnceEveryFrameIsAnsweredWhileTheBrokerIsDownAndWhatTheQueueCannotHoldIsDiscarded() throws Exception {
        try (RunningRoute route = start(Delivery.AT_ONCE)) {
            route.send(CAMERAS, 5).get(60, TimeUnit.SECONDS);
            await().until(() -> route.sentTo("kafka:" + TOPIC) == CAMERAS * 5);
            brokerDown();
            SedaEndpoint queue = route.context().getEndpoint("seda:results", SedaEndpoint.class);
            CompletableFuture<Void> sending = route.send(CAMERAS, 100);
            sending.get(60, TimeUnit.SECONDS);
            assertThat(route.failures()).isEmpty();
            assertThat(route.answeredWithFindings()).hasSize(CAMERAS * 105);
            assertThat(queue.getQueue().size() + queue.getQueue().remainingCapacity()).isEqualTo(100);
            assertThat(route.sentTo("log:discarded")).isPositive();
            assertThat(route.inRoute().most()).isEqualTo(1);
            assertThat(route.inRoute().sessions()).hasSize(CAMERAS);

            brokerUp();
            await().atMost(Duration.ofSeconds(30)).until(() -> queue.getCurrentQueueSize() == 0);
            Set<CameraFrame> before = route.answeredWithFindings();
            route.send(CAMERAS, 10).get(60, TimeUnit.SECONDS);
            Set<CameraFrame> after = route.answeredWithFindings().stream()
                    .filter(frame -> !before.contains(frame)).collect(Collectors.toSet());
            assertThat(after).hasSize(CAMERAS * 10);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(stored()).containsAll(ids(after)));
            assertThat(stored().size() + route.sentTo("log:discarded") + route.sentTo("log:undelivered"))
                    .isEqualTo(CAMERAS * 115);
        }
    }

    @Test
    void atOnceABrokerThatIsDownAtTheStartKeepsNobodyFromBeingAnswered() throws Exception {
        try (RunningRoute route = start(Delivery.AT_ONCE, UNKNOWN_HOST)) {
            route.send(CAMERAS, 10).get(60, TimeUnit.SECONDS);
            assertThat(route.answeredWithFindings()).hasSize(CAMERAS * 10);
            await().until(() -> route.sentTo("log:undelivered") == CAMERAS * 10);
        }
    }

    private RunningRoute start(Delivery delivery) throws Exception {
        return start(delivery, address());
    }

    private RunningRoute start(Delivery delivery, String brokers) throws Exception {
        return RunningRoute.start(delivery, properties(brokers));
    }

    /** Times and a buffer as small as they are not in practice. */
    private static Map<String, String> properties(String brokers) {
        return Map.of(
                "kafka.brokers", brokers, "kafka.topic", TOPIC,
                "kafka.deliveryTimeoutMs", "1500", "kafka.requestTimeoutMs", "1000",
                "kafka.maxBlockMs", "60000", "kafka.bufferMemorySize", "32768");
    }

    private String address() {
        return broker.bootstrapServers();
    }

    private void brokerDown() {
        broker.close();
        down = true;
    }

    private void brokerUp() {
        broker.start();
        down = false;
    }

    private Set<String> stored() {
        return Topic.results(address(), TOPIC).stream()
                .map(result -> id(result.camera(), result.timestamp())).collect(Collectors.toSet());
    }

    private static Set<String> ids(Set<CameraFrame> frames) {
        return frames.stream().map(frame -> id(frame.camera(), frame.timestamp())).collect(Collectors.toSet());
    }

    private static String id(String camera, long timestamp) {
        return camera + "@" + timestamp;
    }

    /** Finds more than a record may hold. */
    public static final class Chatterbox {

        public List<Inference> detect(@Body Object frame) {
            return List.of(Inference.newBuilder().setText(Text.newBuilder().setValue("a".repeat(2_000_000))).build());
        }
    }
}
