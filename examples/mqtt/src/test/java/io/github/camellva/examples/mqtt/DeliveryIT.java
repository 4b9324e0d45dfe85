package io.github.camellva.examples.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.github.camellva.examples.rig.LogFile;
import io.github.camellva.examples.rig.MqttBroker;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.spi.InterceptStrategy;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of frames while the broker is down. The broker keeps nothing when it stops. So the extension reaches it through
 * a relay, which lets it in again when the subscriber is back, and what the broker acknowledged is delivered before it is
 * stopped: what the subscriber counts is what was published.
 */
@Timeout(120)
class DeliveryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FLUSH = "lva/flush/inferences";
    private static final int QUEUE_SIZE = 100;
    /** How long the broker is away at least; {@code first-hour} makes it ten seconds. */
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("away", 1));
    private static final int MOST_LINES = 100;
    /** What three cameras send in ten seconds. */
    private static final int FRAMES_OF_TEN_SECONDS = 750;

    private MqttBroker broker;
    private int port;
    private Relay relay;
    private Subscriber subscriber;
    private final AtomicReference<Load> load = new AtomicReference<>();
    private final AtomicReference<String> flushed = new AtomicReference<>("");

    @BeforeEach
    void startBroker() throws Exception {
        broker = MqttBroker.start();
        port = broker.port();
        relay = Relay.start(port);
        subscriber = Subscriber.start(broker.url(), this::arrived);
        assertThat(subscriber.awaitSubscribed(PATIENCE.toMillis())).isTrue();
    }

    @AfterEach
    void stopBroker() throws Exception {
        if (load.get() != null) {
            load.get().close();
        }
        subscriber.close();
        relay.close();
        broker.close();
    }

    @Test
    void noResultThatWasAnsweredIsLostWhenTheBrokerIsRestarted() throws Exception {
        start(Delivery.AT_LEAST_ONCE);
        for (int restart = 0; restart < 2; restart++) {
            load.get().awaitMoreDocuments(15);
            LogFile log = new LogFile();
            takeBrokerDown();
            load.get().awaitAllHeld();
            awayForAWhile();
            assertThat(log.lines()).hasSizeLessThan(MOST_LINES).anyMatch(line -> line.contains("Failed delivery"));
            bringBrokerBack();
        }
        load.get().awaitMoreDocuments(15);
        load.get().finish();
        load.get().assertThatEveryFrameWasAnswered();
        load.get().assertThatWhatWasAnsweredWasPublished();
        load.get().assertThatEachCameraKeptItsSession();
        assertThat(load.get().gauge().mostInRouteOfSession()).isEqualTo(1);
        assertThat(load.get().inbox().wrong()).isZero();
    }

    @Test
    void whatTheBrokerHasButCouldNotAcknowledgeIsPublishedAgain() throws Exception {
        start(Delivery.AT_LEAST_ONCE);
        load.get().awaitMoreDocuments(15);
        relay.mute();
        load.get().awaitAllHeld();
        await().atMost(PATIENCE).until(() -> load.get().inbox().arrived() == load.get().answers() + Load.CAMERAS);
        relay.cut();
        relay.open();
        load.get().awaitMoreDocuments(15);
        load.get().finish();
        assertThat(load.get().inbox().again()).isEqualTo(Load.CAMERAS);
        load.get().assertThatEveryFrameWasAnswered();
        load.get().assertThatWhatWasAnsweredWasPublished();
        assertThat(load.get().inbox().wrong()).isZero();
    }

    @Test
    void framesAreAnsweredAtOnceAndAsManyResultsKeptAsTheQueueHolds() throws Exception {
        start(Delivery.AT_ONCE);
        load.get().awaitMoreDocuments(15);
        LogFile log = new LogFile();
        takeBrokerDown();
        load.get().awaitMoreAnswers(QUEUE_SIZE + 60);
        awayForAWhile();
        assertThat(log.lines()).hasSizeLessThan(MOST_LINES).anyMatch(line -> line.contains("Failed delivery"));
        assertThat(queue().getCurrentQueueSize()).isEqualTo(QUEUE_SIZE);
        assertThat(load.get().discarded()).isPositive();
        bringBrokerBack();
        load.get().awaitMoreDocuments(QUEUE_SIZE + 30);
        load.get().finish();
        load.get().assertThatEveryFrameWasAnswered();
        load.get().assertThatEachCameraKeptItsSession();
        assertThat(load.get().inbox().arrived()).isEqualTo(load.get().answers() - load.get().discarded());
        assertThat(load.get().inbox().wrong()).isZero();
        assertThat(load.get().gauge().longestQueue()).isEqualTo(QUEUE_SIZE);
        assertThat(load.get().gauge().mostInRouteOfSession()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theExtensionStartsWithoutTheBrokerAndPublishesWhenItComes(Delivery delivery) throws Exception {
        relay.cut();
        start(delivery);
        if (delivery == Delivery.AT_LEAST_ONCE) {
            load.get().awaitAllHeld();
            assertThat(load.get().answers()).isZero();
        } else {
            load.get().awaitMoreAnswers(15);
        }
        assertThat(load.get().inbox().arrived()).isZero();
        relay.open();
        load.get().awaitMoreDocuments(15);
        load.get().finish();
        load.get().assertThatEveryFrameWasAnswered();
        load.get().assertThatEachCameraKeptItsSession();
        assertThat(load.get().inbox().arrived()).isEqualTo(load.get().answers() - load.get().discarded());
    }

    @ParameterizedTest
    @EnumSource
    void theExtensionCanBeStoppedWhileTheBrokerIsDown(Delivery delivery) throws Exception {
        start(delivery);
        load.get().awaitMoreDocuments(15);
        relay.cut();
        if (delivery == Delivery.AT_LEAST_ONCE) {
            load.get().awaitAllHeld();
        } else {
            load.get().awaitMoreAnswers(15);
        }
        load.get().extension().close();
        assertThat(load.get().extension().context().isStopped()).isTrue();
        assertThat(load.get().gauge().inRoute()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aModelThatFailsCostsFewLinesAndNoFrameCountsAsAnswered(Delivery delivery) throws Exception {
        LogFile log = new LogFile();
        load.set(Load.start(delivery, relay.url(), new BrokenModel()));
        load.get().awaitNotProcessed(FRAMES_OF_TEN_SECONDS);
        load.get().stopSending();
        load.get().extension().close();
        assertThat(load.get().answers()).isZero();
        assertThat(load.get().failures()).isZero();
        assertThat(load.get().inbox().arrived()).isZero();
        assertThat(log.lines()).hasSizeLessThan(MOST_LINES).anyMatch(line -> line.contains("the model is off"))
                .anyMatch(line -> line.matches(".*; 0 answered, 0 skipped, [1-9][0-9]* failed .*"));
    }

    private static void awayForAWhile() {
        await().pollDelay(AWAY).atMost(PATIENCE).until(() -> true);
    }

    private void start(Delivery delivery) throws Exception {
        load.set(Load.start(delivery, relay.url()));
    }

    private void arrived(String topic, byte[] payload) {
        if (topic.equals(FLUSH)) {
            flushed.set(new String(payload, StandardCharsets.UTF_8));
        } else {
            load.get().arrived(topic, payload);
        }
    }

    private void takeBrokerDown() throws Exception {
        relay.cut();
        flush();
        broker.close();
        await().atMost(PATIENCE).until(() -> !subscriber.isSubscribed());
    }

    /** What the broker acknowledged before is with the subscriber afterwards, since it delivers in order. */
    private void flush() throws MqttException {
        String token = Long.toString(System.nanoTime());
        MqttClient client = new MqttClient(broker.url(), "flush", new MemoryPersistence());
        client.connect();
        client.publish(FLUSH, new MqttMessage(token.getBytes(StandardCharsets.UTF_8), 1, false, null));
        client.disconnect();
        client.close();
        await().atMost(PATIENCE).until(() -> token.equals(flushed.get()));
    }

    private void bringBrokerBack() throws Exception {
        broker = MqttBroker.start(port);
        await().atMost(PATIENCE).until(subscriber::isSubscribed);
        relay.open();
    }

    private SedaEndpoint queue() {
        return load.get().extension().context().getEndpoint("seda:results?size=" + QUEUE_SIZE, SedaEndpoint.class);
    }

    /** Fails where the route calls its detector. */
    private static final class BrokenModel implements InterceptStrategy {

        @Override
        public Processor wrapProcessorInInterceptors(
                CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
            return step.getShortName().equals("bean") ? this::fail : target;
        }

        private void fail(Exchange frame) {
            throw new IllegalStateException("the model is off");
        }
    }
}
