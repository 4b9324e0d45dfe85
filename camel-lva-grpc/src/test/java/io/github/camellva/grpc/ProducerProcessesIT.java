package io.github.camellva.grpc;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Producer and extension in two JVMs, of which one is killed under load. */
class ProducerProcessesIT extends CamelTestSupport {

    private static final int CAMERAS = 4;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();

    @ParameterizedTest
    @ValueSource(strings = { "embedded", "sharedMemory" })
    void anExtensionThatIsKilledUnderLoadLosesNoExchangeSilentlyAndFramesFlowAgainSoon(String transfer) throws Exception {
        int port = freePort();
        String uri = "lvagrpc:127.0.0.1:" + port + "?pixelFormat=BGR24&width=64&height=64&responseTimeout=5000&maxInFlight=32"
                     + "&dataTransfer=" + transfer + "&sharedMemorySizeMiB=1&sharedMemoryDirectory=/dev/shm";
        ScheduledExecutorService cameras = Executors.newScheduledThreadPool(CAMERAS);
        try {
            ExtensionProcess first = ExtensionProcess.start(port);
            for (int i = 0; i < CAMERAS; i++) {
                cameras.scheduleWithFixedDelay(() -> sendFrame(uri), 0, 1, TimeUnit.MILLISECONDS);
            }
            await().untilAsserted(() -> assertThat(answered.get()).isGreaterThan(500));
            first.kill();
            await().untilAsserted(() -> assertThat(failed.get()).isPositive());
            try (ExtensionProcess second = ExtensionProcess.start(port)) {
                long before = answered.get();
                await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(answered.get()).isGreaterThan(before + 100));
                cameras.shutdown();
                assertThat(cameras.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            cameras.shutdownNow();
        }
        assertThat(answered.get() + failed.get()).as("answered and failed").isEqualTo(sent.get());
        assertThat(wrong.get()).as("answers that belong to another frame").isZero();
        context.stop();
        assertNoMemoryLeft();
    }

    @Test
    void aProducerFindsItsFramesAnsweredByAnotherProcess() throws Exception {
        int port = freePort();
        try (ExtensionProcess extension = ExtensionProcess.start(port)) {
            Exchange exchange = exchange((byte) 7);
            template.send("lvagrpc:127.0.0.1:" + port + "?pixelFormat=BGR24&width=64&height=64", exchange);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo(List.of(entity("first byte 7")));
        }
    }

    private void sendFrame(String uri) {
        byte first = (byte) sent.incrementAndGet();
        Exchange exchange = template.send(uri, exchange(first));
        if (exchange.getException() != null) {
            failed.incrementAndGet();
        } else {
            answered.incrementAndGet();
            if (!exchange.getMessage().getBody().equals(List.of(entity("first byte " + first)))) {
                wrong.incrementAndGet();
            }
        }
    }

    private Exchange exchange(byte first) {
        byte[] frame = pixels(64 * 64 * 3, 0);
        frame[0] = first;
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(frame);
        return exchange;
    }

    private static void assertNoMemoryLeft() throws Exception {
        try (var files = Files.list(Path.of("/dev/shm"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("lvagrpc-" + ProcessHandle.current().pid() + "-")))
                    .isEmpty();
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
