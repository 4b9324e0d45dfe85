package io.github.camellva.examples.mqtt;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import io.github.camellva.examples.rig.OptionReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The same with a broker that people run. It keeps the subscriber's session and what it has for it while it is down, so that
 * the subscriber gets all that was published.
 */
@Timeout(120)
class MosquittoIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;
    private Path program;
    private Mosquitto broker;

    @BeforeEach
    void find() {
        Optional<Path> found = Mosquitto.find("mosquitto");
        assumeTrue(found.isPresent(), "no mosquitto on PATH or in /usr/sbin");
        program = found.get();
    }

    @AfterEach
    void stop() throws Exception {
        if (broker != null) {
            broker.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyResultArrives(Delivery delivery) throws Exception {
        broker = Mosquitto.start(program, directory);
        Summary summary = example(delivery, "20").run();
        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.arrived()).isEqualTo(60);
        assertThat(summary.again()).isZero();
    }

    @Test
    void noResultThatWasAnsweredIsLostWhenItIsRestarted() throws Exception {
        broker = Mosquitto.start(program, directory);
        try (Load load = Load.start(Delivery.AT_LEAST_ONCE, broker.url())) {
            Subscriber subscriber = Subscriber.start(broker.url(), load::arrived);
            assertThat(subscriber.awaitSubscribed(PATIENCE.toMillis())).isTrue();
            load.awaitMoreDocuments(15);
            broker.stop();
            load.awaitAllHeld();
            broker.start();
            await().atMost(PATIENCE).until(subscriber::isSubscribed);
            load.awaitMoreDocuments(15);
            load.finish();
            load.assertThatEveryFrameWasAnswered();
            load.assertThatWhatWasAnsweredWasPublished();
            load.assertThatEachCameraKeptItsSession();
            assertThat(load.inbox().wrong()).isZero();
            assertThat(load.gauge().mostInRouteOfSession()).isEqualTo(1);
            subscriber.close();
        }
    }

    @Test
    void itsOwnSubscriberPrintsTopicsAndDocuments() throws Exception {
        assumeTrue(Mosquitto.find("mosquitto_sub").isPresent(), "no mosquitto_sub on PATH");
        broker = Mosquitto.start(program, directory);
        Process subscriber = new ProcessBuilder(
                "mosquitto_sub", "-h", "127.0.0.1", "-p", broker.port(), "-t", "lva/+/inferences", "-v", "-C", "1").start();
        try (Load load = Load.start(Delivery.AT_LEAST_ONCE, broker.url())) {
            assertThat(subscriber.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(subscriber.inputReader().readLine())
                    .matches("lva/camera-[123]/inferences \\{\"timestamp\":\\d+,\"inferences\":\\[.*");
        } finally {
            subscriber.destroy();
        }
    }

    @Test
    void whatItRefusesIsNotNoticed() throws Exception {
        broker = Mosquitto.start(program, directory, "topic read lva/#");
        Summary summary = example(Delivery.AT_LEAST_ONCE, "2").run();
        assertThat(summary.counts().answered()).isEqualTo(summary.counts().sent());
        assertThat(summary.arrived()).isZero();
        assertThat(summary.isComplete()).isFalse();
    }

    private CamerasToMqtt example(Delivery delivery, String frames) throws Exception {
        Properties chosen = new Properties();
        chosen.setProperty("broker", broker.url());
        chosen.setProperty("delivery", delivery.toString());
        chosen.setProperty("frames", frames);
        chosen.setProperty("realtime", "false");
        return OptionReader.read(new CamerasToMqtt(new PrintStream(OutputStream.nullOutputStream())), chosen);
    }
}
