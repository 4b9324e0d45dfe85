package io.github.camellva.grpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a sender makes of extensions that do not do their part. */
class UnhelpfulExtensionIT extends LvaGrpcTestSupport {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;

    @TempDir
    static Path memoryDirectory;

    private final AtomicInteger sessions = new AtomicInteger();
    private Server server;

    /** Answers everything, and never ends a session; or does not even read, in those that are not to be read. */
    private final class Extension extends MediaGraphExtensionGrpc.MediaGraphExtensionImplBase {

        private final int unread;

        Extension(int unread) {
            this.unread = unread;
        }

        @Override
        public StreamObserver<MediaStreamMessage> processMediaStream(StreamObserver<MediaStreamMessage> answers) {
            if (sessions.incrementAndGet() <= unread) {
                ServerCallStreamObserver<MediaStreamMessage> call = (ServerCallStreamObserver<MediaStreamMessage>) answers;
                call.disableAutoRequest();
                call.request(1);
            }
            return new StreamObserver<>() {

                private long sent;

                @Override
                public void onNext(MediaStreamMessage message) {
                    MediaStreamMessage.Builder answer = MediaStreamMessage.newBuilder()
                            .setSequenceNumber(++sent).setAckSequenceNumber(message.getSequenceNumber());
                    answers.onNext(message.hasMediaStreamDescriptor()
                            ? answer.setMediaStreamDescriptor(MediaStreamDescriptor.getDefaultInstance()).build()
                            : answer.setMediaSample(MediaSample.getDefaultInstance()).build());
                }

                @Override
                public void onError(Throwable cause) {
                    // the sender has given the session up
                }

                @Override
                public void onCompleted() {
                    // a helpful one would end the session now
                }
            };
        }
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void oneThatIgnoresTheEndOfSessionsLeavesNoFilesBehind() throws Exception {
        start(0);
        String uri = uri("&responseTimeout=3000&sessionIdleTimeout=50&dataTransfer=sharedMemory&sharedMemorySizeMiB=1"
                         + "&sharedMemoryDirectory=" + memoryDirectory);
        for (int i = 1; i <= 2; i++) {
            assertThat(send(uri).getException()).isNull();
            // more, if one was idle for so long before its first frame
            assertThat(sessions.get()).isGreaterThanOrEqualTo(i);
            await().until(() -> files() == 0);
        }
    }

    @Test
    void oneThatNeverReadsIsGivenUpAndAnotherSessionWorks() throws Exception {
        start(1);
        String uri = uri("&responseTimeout=1000&maxInFlight=4");
        long began = System.nanoTime();
        await().atMost(Duration.ofSeconds(6)).until(() -> send(uri).getException() == null);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isLessThan(6000);
        assertThat(sessions).hasValue(2);
    }

    @Test
    void aShortIdleTimeoutFailsNoExchange() throws Exception {
        start(0);
        String uri = uri("&responseTimeout=2000&sessionIdleTimeout=1");
        for (int i = 0; i < 100; i++) {
            assertThat(send(uri).getException()).isNull();
        }
    }

    @Test
    void aShortIdleTimeoutFailsNoExchangeOfManyAtOnce() throws Exception {
        start(0);
        String uri = uri("&responseTimeout=5000&sessionIdleTimeout=1&maxInFlight=4");
        ExecutorService senders = Executors.newFixedThreadPool(8);
        List<Exception> failures = new ArrayList<>();
        try {
            // until a session has been idle between two bursts
            await().until(() -> {
                List<Future<Exception>> burst = senders.invokeAll(Collections.nCopies(100, () -> send(uri).getException()));
                for (Future<Exception> sent : burst) {
                    Optional.ofNullable(sent.get()).ifPresent(failures::add);
                }
                return sessions.get() > 1;
            });
        } finally {
            senders.shutdownNow();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void oneThatNeverReadsIsNotHealthy() throws Exception {
        start(Integer.MAX_VALUE);
        String uri = uri("&responseTimeout=200&maxInFlight=4&whenFull=fail");
        LvaGrpcProducer producer = (LvaGrpcProducer) context.getEndpoint(uri).createProducer();
        producer.start();
        try {
            await().untilAsserted(() -> {
                Exchange exchange = new DefaultExchange(context);
                exchange.getMessage().setBody(new byte[WIDTH * HEIGHT * 3]);
                producer.process(exchange, doneSync -> { });
                assertThat(new LvaGrpcProducerHealthCheck(producer).call().getState()).isEqualTo(HealthCheck.State.DOWN);
            });
        } finally {
            producer.stop();
        }
    }

    private void start(int unread) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Extension(unread)).build().start();
    }

    private String uri(String options) {
        return "lvagrpc:127.0.0.1:" + server.getPort() + "?pixelFormat=BGR24&width=" + WIDTH + "&height=" + HEIGHT + options;
    }

    private Exchange send(String uri) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(new byte[WIDTH * HEIGHT * 3]);
        return template.send(uri, exchange);
    }

    private static long files() throws IOException {
        try (var files = Files.list(memoryDirectory)) {
            return files.count();
        }
    }
}
