package io.github.camellva.examples.mqtt;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.CameraListener;
import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.RunningRoutes;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.Inference;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Cameras that send as fast as they are answered, and somebody who remembers every answer and every document that arrives. */
final class Load implements CameraListener, AutoCloseable {

    static final int CAMERAS = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Console console = new Console(new PrintStream(OutputStream.nullOutputStream()));
    private final CamelContext node = new DefaultCamelContext();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Cameras cameras = new Cameras(node, CAMERAS, this, stop);
    private final Inbox inbox = new Inbox(cameras.names(), console);
    private final BrokerWatch watch = new BrokerWatch(console);
    private final RouteGauge gauge = new RouteGauge();
    /** What was found in each frame, by topic and timestamp. */
    private final Map<String, Map<Long, List<Inference>>> answered = new TreeMap<>();
    private final Map<String, Map<Long, List<Inference>>> published = new TreeMap<>();
    private final RunningRoutes extension;
    private CompletableFuture<Void> running;
    private long answers;
    private long notProcessed;
    private long failures;

    private Load(Delivery delivery, String broker, Object... beans) throws Exception {
        extension = MqttRoutes.start(
                delivery, broker, Stream.concat(Stream.of(watch, gauge), Stream.of(beans)).toArray());
    }

    static Load start(Delivery delivery, String broker, Object... beans) throws Exception {
        Load load = new Load(delivery, broker, beans);
        load.running = CompletableFuture.runAsync(load::runCameras);
        return load;
    }

    private void runCameras() {
        try {
            cameras.run(
                    "lvagrpc:" + extension.address(MqttRoutes.EXTENSION) + "?responseTimeout=600000", Long.MAX_VALUE, Pace.UNLIMITED);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** To be given to a subscriber. */
    void arrived(String topic, byte[] payload) {
        inbox.arrived(topic, payload);
        InferenceDocument document = InferenceDocument.parse(payload);
        remember(published, topic, document.timestamp(), document.inferences());
    }

    @Override
    public void answered(CameraFrame frame, List<Inference> inferences) {
        remember(answered, Topics.of(frame.camera()), frame.timestamp(), inferences);
        synchronized (this) {
            answers++;
        }
    }

    @Override
    public synchronized void notProcessed(CameraFrame frame) {
        notProcessed++;
    }

    @Override
    public synchronized void failed(CameraFrame frame, String why) {
        failures++;
    }

    private synchronized void remember(
            Map<String, Map<Long, List<Inference>>> what, String topic, long timestamp, List<Inference> inferences) {
        if (!inferences.isEmpty()) {
            what.computeIfAbsent(topic, name -> new TreeMap<>()).put(timestamp, inferences);
        }
    }

    /** All of them. */
    synchronized long answers() {
        return answers;
    }

    synchronized long notProcessed() {
        return notProcessed;
    }

    synchronized long failures() {
        return failures;
    }

    Inbox inbox() {
        return inbox;
    }

    RouteGauge gauge() {
        return gauge;
    }

    long discarded() {
        return watch.discarded();
    }

    RunningRoutes extension() {
        return extension;
    }

    void awaitMoreAnswers(long more) {
        awaitMore(this::answers, more);
    }

    void awaitNotProcessed(long frames) {
        awaitMore(this::notProcessed, frames);
    }

    void awaitMoreDocuments(long more) {
        awaitMore(inbox::arrived, more);
    }

    private void awaitMore(LongSupplier count, long more) {
        long before = count.getAsLong();
        await().atMost(PATIENCE).until(() -> count.getAsLong() >= before + more);
    }

    /** Every camera waits for an answer that does not come. */
    void awaitAllHeld() {
        await().atMost(PATIENCE).until(() -> gauge.inRoute() == CAMERAS);
    }

    /** Returns when every frame is answered, and their documents have arrived as far as they were not discarded. */
    void finish() throws Exception {
        stopSending();
        inbox.await(answers() - discarded(), PATIENCE.toMillis());
    }

    /** Returns when every frame is answered. */
    void stopSending() throws Exception {
        stop.countDown();
        running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Of frames that were answered with inferences, the document is there, and holds the same. */
    synchronized void assertThatWhatWasAnsweredWasPublished() {
        assertThat(answered).hasSize(CAMERAS);
        answered.forEach((topic, frames) -> assertThat(published.get(topic)).as(topic).containsAllEntriesOf(frames));
    }

    synchronized void assertThatEveryFrameWasAnswered() {
        assertThat(failures).isZero();
        assertThat(answers).isEqualTo(cameras.sent());
        assertThat(answered.values().stream().mapToLong(Map::size).sum()).as("with inferences").isEqualTo(answers);
    }

    void assertThatEachCameraKeptItsSession() {
        assertThat(gauge.sessionsOfCamera()).hasSize(CAMERAS)
                .allSatisfy((camera, sessions) -> assertThat(sessions).as(camera).hasSize(1));
    }

    @Override
    public void close() throws Exception {
        stop.countDown();
        extension.close();
        // Camel waits ten seconds for the threads of a sender that is still sending
        running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        node.close();
    }
}
