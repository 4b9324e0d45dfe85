package io.github.camellva.examples.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.LogFile;
import io.github.camellva.examples.rig.kafka.KafkaBroker;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Text;
import org.apache.camel.Body;
import org.apache.camel.component.seda.SedaEndpoint;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What both routes do when the broker is down, and when it is back. */
@Timeout(120)
class DeliveryIT {

    private static final int CAMERAS = 3;
    private static final int QUEUE_SIZE = 100;
    /** How long the broker is away at least; {@code first-hour} makes it ten seconds. */
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("away", 1));
    private static final int MOST_LINES = 100;
    /** What three cameras send in ten seconds. */
    private static final int FRAMES_OF_TEN_SECONDS = 750;
    /** How long the client itself tries: here a redelivery follows soon. */
    private static final Duration IMPATIENT = Duration.ofMillis(1500);
    /** And here nothing is given up while the broker is down. */
    private static final Duration PATIENT = Duration.ofSeconds(60);
    /** A name longer than names in the DNS may be: asking for it fails without asking anybody. */
    private static final String UNKNOWN_HOST = "b".repeat(64) + ":9092";

    private static KafkaBroker broker;

    private boolean down;
    private String topic;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = KafkaBroker.shared();
    }

    @BeforeEach
    void useATopicOfItsOwn(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void leaveTheBrokerRunning() {
        if (down) {
            brokerUp();
        }
    }

    @Test
    void atLeastOnceFramesStayInTheRouteWhileTheBrokerIsDownAndNoneOfThoseAnsweredIsLost() throws Exception {
        try (LoadedRoute route = start(Delivery.AT_LEAST_ONCE)) {
            CompletableFuture<Void> sending = route.send(CAMERAS, 30);
            await().until(() -> route.answers().size() > 10);
            LogFile log = new LogFile();
            brokerDown();
            // the client gave up on those in the route, and they are tried again
            await().until(() -> route.redeliveries() >= CAMERAS);
            assertThat(route.inRoute().now()).isEqualTo(CAMERAS);
            int answeredBefore = route.answers().size();
            assertThat(answeredBefore).isLessThan(CAMERAS * 30);
            awayForAWhile();
            assertThat(log.lines()).hasSizeLessThan(MOST_LINES).anyMatch(line -> line.contains("TimeoutException"));
            brokerUp();
            sending.get(60, TimeUnit.SECONDS);

            assertThat(route.failures()).isEmpty();
            assertThat(route.answeredWithFindings()).hasSize(CAMERAS * 30);
            assertThat(stored()).containsAll(ids(route.answeredWithFindings()));
            assertThat(route.inRoute().most()).isEqualTo(1);
            assertThat(route.inRoute().sessions()).hasSize(CAMERAS).allSatisfy(sessions -> assertThat(sessions).hasSize(1));
            for (int camera = 1; camera <= CAMERAS; camera++) {
                String name = "camera-" + camera;
                assertThat(Topic.results(address(), topic))
                        .filteredOn(result -> result.camera().equals(name)).extracting(ResultRecord::timestamp).isSorted();
            }
        }
    }

    @Test
    void atLeastOnceABrokerThatIsDownAtTheStartIsWaitedForWhileNodesAreServed() throws Exception {
        brokerDown();
        try (LoadedRoute route = start(Delivery.AT_LEAST_ONCE)) {
            CompletableFuture<Void> sending = route.send(CAMERAS, 10);
            await().until(() -> route.redeliveries() >= CAMERAS);
            assertThat(route.inRoute().now()).isEqualTo(CAMERAS);
            assertThat(route.answers()).isEmpty();
            brokerUp();
            sending.get(60, TimeUnit.SECONDS);
            assertThat(stored()).hasSize(CAMERAS * 10);
            Map<String, List<Inference>> answers = route.answers().entrySet().stream()
                    .collect(Collectors.toMap(answer -> id(answer.getKey()), Map.Entry::getValue));
            assertThat(Topic.results(address(), topic)).allSatisfy(result ->
                    assertThat(answers).containsEntry(id(result), result.document().inferences()));
        }
    }

    @Test
    void atLeastOnceARouteThatIsStoppedAcknowledgesAsNotProcessedWhatItCouldNotPublish() throws Exception {
        CompletableFuture<Void> sending;
        LoadedRoute route = start(Delivery.AT_LEAST_ONCE, UNKNOWN_HOST);
        try (route) {
            sending = route.send(1, 1);
            await().until(() -> route.redeliveries() >= 1);
            assertThat(route.answers()).isEmpty();
        }
        sending.get(30, TimeUnit.SECONDS);
        assertThat(route.answers()).isEmpty();
        assertThat(route.notProcessed()).hasSize(1);
    }

    @Test
    void atLeastOnceARecordThatNoBrokerTakesIsNotTriedAgain() throws Exception {
        Map<String, String> properties = properties(address(), IMPATIENT);
        try (LoadedRoute route = LoadedRoute.start(Delivery.AT_LEAST_ONCE, properties, new Chatterbox())) {
            route.send(1, 2).get(60, TimeUnit.SECONDS);
            assertThat(route.answers()).isEmpty();
            assertThat(route.notProcessed()).hasSize(2);
            assertThat(route.redeliveries()).isZero();
        }
    }

    @Test
    void atOnceEveryFrameIsAnsweredWhileTheBrokerIsDownAndWhatTheQueueCannotHoldIsDiscarded() throws Exception {
        try (LoadedRoute route = start(Delivery.AT_ONCE)) {
            route.send(CAMERAS, 5).get(60, TimeUnit.SECONDS);
            await().until(() -> route.sentTo("kafka:" + topic) == CAMERAS * 5);
            LogFile log = new LogFile();
            brokerDown();
            SedaEndpoint queue = route.context().getEndpoint("seda:results", SedaEndpoint.class);
            route.send(CAMERAS, 70).get(60, TimeUnit.SECONDS);
            assertThat(route.failures()).isEmpty();
            assertThat(route.answeredWithFindings()).hasSize(CAMERAS * 75);
            assertThat(queue.getQueue().size() + queue.getQueue().remainingCapacity()).isEqualTo(QUEUE_SIZE);
            assertThat(route.sentTo("log:discarded")).isPositive();
            assertThat(route.inRoute().most()).isEqualTo(1);
            assertThat(route.inRoute().sessions()).hasSize(CAMERAS);
            awayForAWhile();
            assertThat(log.lines()).hasSizeLessThan(MOST_LINES).anyMatch(line -> line.contains("could not be established"));

            brokerUp();
            await().until(() -> queue.getCurrentQueueSize() == 0);
            Set<CameraFrame> before = route.answeredWithFindings();
            route.send(CAMERAS, 10).get(60, TimeUnit.SECONDS);
            Set<CameraFrame> after = route.answeredWithFindings().stream()
                    .filter(frame -> !before.contains(frame)).collect(Collectors.toSet());
            assertThat(after).hasSize(CAMERAS * 10);
            await().untilAsserted(() -> assertThat(stored()).containsAll(ids(after)));
            assertThat(stored().size() + route.sentTo("log:discarded") + route.sentTo("log:undelivered"))
                    .isEqualTo(CAMERAS * 85);
        }
    }

    @Test
    void atOnceABrokerThatIsDownAtTheStartKeepsNobodyFromBeingAnswered() throws Exception {
        try (LoadedRoute route = start(Delivery.AT_ONCE, UNKNOWN_HOST)) {
            route.send(CAMERAS, 10).get(60, TimeUnit.SECONDS);
            assertThat(route.answeredWithFindings()).hasSize(CAMERAS * 10);
            await().until(() -> route.sentTo("log:undelivered") == CAMERAS * 10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aModelThatFailsCostsFewLinesAndNoFrameCountsAsAnswered(Delivery delivery) throws Exception {
        LogFile log = new LogFile();
        try (LoadedRoute route = LoadedRoute.start(delivery, properties(address(), IMPATIENT), new Broken())) {
            route.send(CAMERAS, FRAMES_OF_TEN_SECONDS / CAMERAS).get(60, TimeUnit.SECONDS);
            assertThat(route.answers()).isEmpty();
            assertThat(route.notProcessed()).hasSize(FRAMES_OF_TEN_SECONDS);
        }
        assertThat(log.lines()).hasSizeLessThan(MOST_LINES).anyMatch(line -> line.contains("the model is off"));
    }

    private static void awayForAWhile() {
        await().pollDelay(AWAY).until(() -> true);
    }

    private LoadedRoute start(Delivery delivery) throws Exception {
        return start(delivery, address());
    }

    private LoadedRoute start(Delivery delivery, String brokers) throws Exception {
        return LoadedRoute.start(delivery, properties(brokers, delivery == Delivery.AT_ONCE ? PATIENT : IMPATIENT));
    }

    /** The buffer is so small that the client cannot hold what the queue does not. */
    private Map<String, String> properties(String brokers, Duration deliveryTimeout) {
        return Map.of(
                "kafka.brokers", brokers, "kafka.topic", topic,
                "kafka.deliveryTimeoutMs", String.valueOf(deliveryTimeout.toMillis()), "kafka.requestTimeoutMs", "1000",
                "kafka.maxBlockMs", "60000", "kafka.bufferMemorySize", "32768");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private String address() {
        return broker.bootstrapServers();
    }

    private void brokerDown() {
        broker.stop();
        down = true;
    }

    private void brokerUp() {
        broker.restart();
        down = false;
    }

    private Set<String> stored() {
        return Topic.results(address(), topic).stream().map(DeliveryIT::id).collect(Collectors.toSet());
    }

    private static Set<String> ids(Set<CameraFrame> frames) {
        return frames.stream().map(DeliveryIT::id).collect(Collectors.toSet());
    }

    private static String id(CameraFrame frame) {
        return frame.camera() + "@" + frame.timestamp();
    }

    private static String id(ResultRecord result) {
        return result.camera() + "@" + result.timestamp();
    }

    /** Has no model. */
    public static final class Broken {

        public List<Inference> detect(@Body Object frame) {
            throw new IllegalStateException("the model is off");
        }
    }

    /** Finds more than a record may hold. */
    public static final class Chatterbox {

        public List<Inference> detect(@Body Object frame) {
            return List.of(Inference.newBuilder().setText(Text.newBuilder().setValue("a".repeat(2_000_000))).build());
        }
    }
}
