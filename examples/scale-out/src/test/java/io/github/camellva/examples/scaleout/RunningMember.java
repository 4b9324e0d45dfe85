package io.github.camellva.examples.scaleout;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.Example;

import static org.awaitility.Awaitility.await;

/** A gateway or a worker in this JVM, started with the options that a user starts it with. */
final class RunningMember implements AutoCloseable {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Example<?> example;
    private final CompletableFuture<?> running;

    private RunningMember(String... options) throws Exception {
        example = ScaleOut.of(SettingsTest.options(options), new PrintStream(printed, true, StandardCharsets.UTF_8));
        running = Background.start(example::run);
        await().atMost(Duration.ofSeconds(60)).until(() -> running.isDone() || printed().contains(ScaleOut.RUNNING));
    }

    static RunningMember start(String... options) throws Exception {
        return new RunningMember(options);
    }

    static RunningMember start(String[] more, String... options) throws Exception {
        return new RunningMember(Stream.concat(Arrays.stream(options), Arrays.stream(more)).toArray(String[]::new));
    }

    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Of a gateway. */
    String address() {
        return printed().replaceAll("(?s).*(lvagrpc:127.0.0.1:\\d+).*", "$1");
    }

    @Override
    public void close() throws Exception {
        example.stop();
        running.get(60, TimeUnit.SECONDS);
    }
}
