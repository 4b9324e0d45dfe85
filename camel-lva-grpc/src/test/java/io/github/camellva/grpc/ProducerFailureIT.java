package io.github.camellva.grpc;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.grpc.Status;
import org.apache.camel.AsyncCallback;
import io.github.camellva.proto.Inference;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

/** What becomes of exchanges when the extension is slow, refuses, or is not there; and of shared memory. */
class ProducerFailureIT extends LvaGrpcTestSupport {

    private static final String FORMAT = "&pixelFormat=BGR24&width=4&height=2";

    @TempDir
    static Path memoryDirectory;

    private final HoldingProcessor held = new HoldingProcessor();
    private final ExecutorService senders = Executors.newCachedThreadPool();

    /** Keeps frames until they are let go. */
    private static final class HoldingProcessor extends AsyncProcessorSupport {

        private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            exchange.getMessage().setBody(entity("let go"));
            waiting.add(() -> callback.done(false));
            return false;
        }

        void letGoAll() {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION + "?sharedMemoryDirectory=" + memoryDirectory).routeId("held").process(held);
                from(EXTENSION + "?pixelFormats=RGBA").routeId("rgba").to("mock:never");
                from(EXTENSION + "?username=camera&password=secret").routeId("credentials").to("mock:never");
            }
        };
    }

    @AfterEach
    void letEverythingGo() {
        held.letGoAll();
        senders.shutdown();
    }

    @Test
    void anExchangeThatThereIsNoRoomForFailsWhenAskedTo() throws Exception {
        String uri = uri("held", "&maxInFlight=2&whenFull=fail");
        List<CompletableFuture<Exchange>> sent = List.of(send(uri), send(uri));
        await().until(() -> held.waiting.size() == 2);
        Exchange refused = send(uri).get(10, TimeUnit.SECONDS);
        assertThat(refused.getException()).isInstanceOf(LvaGrpcException.class).hasMessageContaining("2 samples are unanswered")
                .extracting("statusCode").isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        held.letGoAll();
        for (CompletableFuture<Exchange> exchange : sent) {
            assertThat(exchange.get(10, TimeUnit.SECONDS).getMessage().getBody()).isEqualTo(List.of(entity("let go")));
        }
    }

    @Test
    void anErrorWhileAFrameIsMadeReadyFailsItsExchangeAndNoOther() throws Exception {
        String uri = uri("held", "&maxInFlight=1&whenFull=fail");
        Exchange hit = template.send(uri, exchange -> {
            exchange.getMessage().setBody(exchange().getMessage().getBody());
            exchange.getMessage().setHeader(LvaGrpcConstants.INFERENCES, new AbstractList<Inference>() {
                @Override
                public Inference get(int index) {
                    throw new StackOverflowError("as if");
                }

                @Override
                public int size() {
                    return 1;
                }
            });
        });
        assertThat(hit.getException()).hasRootCauseInstanceOf(StackOverflowError.class);
        CompletableFuture<Exchange> next = send(uri);
        await().until(() -> held.waiting.size() == 1);
        held.letGoAll();
        assertThat(next.get(10, TimeUnit.SECONDS).getException()).isNull();
    }

    @Test
    void anExchangeThatThereIsNoRoomForWaitsByDefault() throws Exception {
        String uri = uri("held", "&maxInFlight=1");
        CompletableFuture<Exchange> first = send(uri);
        await().until(() -> held.waiting.size() == 1);
        CompletableFuture<Exchange> second = CompletableFuture.supplyAsync(() -> template.send(uri, exchange()));
        held.letGoAll();
        assertThat(first.get(10, TimeUnit.SECONDS).getException()).isNull();
        await().until(() -> held.waiting.size() == 1);
        held.letGoAll();
        assertThat(second.get(10, TimeUnit.SECONDS).getException()).isNull();
    }

    @Test
    void aCameraTooManyIsRefusedUntilTheSessionOfAnotherIsUnused() throws Exception {
        String uri = "lvagrpc:127.0.0.1:" + port("held") + "?maxSessions=1" + FORMAT;
        CompletableFuture<Exchange> first = template.asyncSend(uri, exchangeOf("camera-1"));
        await().until(() -> held.waiting.size() == 1);
        Exchange refused = template.send(uri, exchangeOf("camera-2"));
        assertThat(refused.getException()).hasMessageContaining("1 sessions are open").hasMessageContaining("maxSessions")
                .hasMessageContaining("graph 'camera-2'");
        held.letGoAll();
        assertThat(first.get(10, TimeUnit.SECONDS).getException()).isNull();
        CompletableFuture<Exchange> second = template.asyncSend(uri, exchangeOf("camera-2"));
        await().until(() -> held.waiting.size() == 1);
        held.letGoAll();
        assertThat(second.get(10, TimeUnit.SECONDS).getException()).isNull();
    }

    @Test
    void anAnswerThatDoesNotComeFailsTheExchangeAndFreesItsPlace() throws Exception {
        String uri = uri("held", "&maxInFlight=1") + "&responseTimeout=1000";
        Exchange late = send(uri).get(10, TimeUnit.SECONDS);
        assertThat(late.getException()).isInstanceOf(LvaGrpcException.class)
                .hasMessageContaining("sample 2 was not answered within 1000 ms").hasMessageContaining("graph 'camera-1'");
        Exchange next = send(uri).get(10, TimeUnit.SECONDS);
        assertThat(next.getException()).hasMessageContaining("sample 3 was not answered");
    }

    @Test
    void aRefusedDescriptorFailsWithTheExtensionsText() throws Exception {
        Exchange refused = send(uri("rgba", "")).get(10, TimeUnit.SECONDS);
        assertThat(refused.getException()).isInstanceOf(LvaGrpcException.class)
                .hasMessageContaining("INVALID_ARGUMENT").hasMessageContaining("pixel_format BGR24").hasMessageContaining("RGBA");
        Exchange soon = send(uri("rgba", "")).get(10, TimeUnit.SECONDS);
        assertThat(soon.getException()).hasMessageContaining("pixel_format BGR24");
    }

    @Test
    void wrongCredentialsFail() throws Exception {
        Exchange refused = send(uri("credentials", "&username=camera&password=wrong")).get(10, TimeUnit.SECONDS);
        assertThat(refused.getException()).hasMessageContaining("UNAUTHENTICATED").hasMessageContaining("credentials are required")
                .hasMessageContaining("set the options username and password");
        assertThat(refused.getException().toString()).doesNotContain("wrong");
    }

    @Test
    void anExtensionThatIsNotThereFailsAndIsFoundWhenItComes() throws Exception {
        int port = freePort();
        String uri = "lvagrpc:127.0.0.1:" + port + "?responseTimeout=5000&graphInstanceName=camera-1" + FORMAT;
        Exchange failed = send(uri).get(10, TimeUnit.SECONDS);
        assertThat(failed.getException()).isInstanceOf(LvaGrpcException.class)
                .hasMessageStartingWith("connection refused").hasMessageContaining("lvagrpc:127.0.0.1:" + port)
                .hasMessageContaining("UNAVAILABLE").hasMessageNotContaining("Exchange[");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:" + port).process(exchange -> exchange.getMessage().setBody(entity("back")));
            }
        });
        await().untilAsserted(() -> assertThat(send(uri).get(10, TimeUnit.SECONDS).getMessage().getBody())
                .isEqualTo(List.of(entity("back"))));
    }

    @Test
    void anExtensionThatStopsFailsWhatItHasNotAnswered() throws Exception {
        context.getShutdownStrategy().setTimeout(1);
        CompletableFuture<Exchange> sent = send(uri("held", ""));
        await().until(() -> held.waiting.size() == 1);
        context.getRouteController().stopRoute("held");
        // the extension acknowledges what it gave up, or its end fails it: one of both, and at once
        Exchange ended = sent.get(10, TimeUnit.SECONDS);
        assertThat(ended.getException() != null
                   || "notProcessed".equals(ended.getMessage().getHeader(LvaGrpcConstants.OUTCOME))).isTrue();
    }

    @Test
    void stoppingTheProducerWaitsForItsAnswers() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:node").routeId("node").to(uri("held", ""));
            }
        });
        CompletableFuture<Exchange> sent = template.asyncSend("direct:node", exchange());
        await().until(() -> held.waiting.size() == 1);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> stopRoute("node"));
        held.letGoAll();
        assertThat(sent.get(10, TimeUnit.SECONDS).getMessage().getBody()).isEqualTo(List.of(entity("let go")));
        stopped.get(10, TimeUnit.SECONDS);
    }

    @Test
    void stoppingASenderWhoseExtensionHangsTakesItsResponseTimeoutAndOneLineThatSaysSo() throws Exception {
        addHangingRoute(3000);
        List<CompletableFuture<Exchange>> sent = sendToHangingRoute(2);
        await().until(() -> held.waiting.size() == 2);
        try (LoggedLines log = LoggedLines.record(entry -> entry.contains("LvaGrpcProducer"))) {
            assertThat(millisToStop("hanging")).isLessThan(5000);
            assertThat(log.lines()).filteredOn(line -> line.contains("waits")).singleElement(as(STRING))
                    .contains("up to 3000 ms for its extension to answer 2 frames");
        }
        for (CompletableFuture<Exchange> exchange : sent) {
            assertThat(exchange.get(10, TimeUnit.SECONDS).getException()).isNotNull();
        }
    }

    @Test
    void exchangesThatWaitForRoomFailAtOnceWhenTheirRouteStops() throws Exception {
        addHangingRoute(60_000);
        List<CompletableFuture<Exchange>> sent = sendToHangingRoute(5);
        await().until(() -> held.waiting.size() == 2);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> stopRoute("hanging"));
        await().until(() -> sent.stream().filter(CompletableFuture::isDone).count() == 3);
        assertThat(sent).filteredOn(CompletableFuture::isDone).allSatisfy(exchange -> assertThat(exchange.join().getException())
                .hasMessageContaining("the session has no room for it, and the route is stopping"));
        held.letGoAll();
        stopped.get(10, TimeUnit.SECONDS);
        assertThat(sent).filteredOn(exchange -> exchange.join().getException() == null).hasSize(2);
    }

    private void addHangingRoute(int responseTimeout) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:hanging").routeId("hanging").to(uri("held", "&maxInFlight=2&responseTimeout=" + responseTimeout));
            }
        });
        // what the first frame in a JVM takes is not to be that of these
        CompletableFuture<Exchange> first = send(uri("held", ""));
        await().until(() -> held.waiting.size() == 1);
        held.letGoAll();
        first.get(10, TimeUnit.SECONDS);
    }

    private List<CompletableFuture<Exchange>> sendToHangingRoute(int frames) {
        return Stream.generate(() -> CompletableFuture.supplyAsync(() -> template.send("direct:hanging", exchange()), senders))
                .limit(frames).toList();
    }

    private long millisToStop(String route) {
        long began = System.nanoTime();
        stopRoute(route);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    @Test
    void sharedMemoryIsMadeWithItsPermissionsAndRemovedOnStop() throws Exception {
        Path stale = Files.write(memoryDirectory.resolve("lvagrpc-999999999-left-behind"), new byte[10]);
        Path others = Files.write(memoryDirectory.resolve("somebody-elses"), new byte[10]);
        String uri = uri("held", "&dataTransfer=sharedMemory&sharedMemorySizeMiB=1&sharedMemoryChmod=600&sharedMemoryDirectory=" + memoryDirectory);
        CompletableFuture<Exchange> sent = send(uri);
        await().until(() -> held.waiting.size() == 1);
        assertThat(stale).doesNotExist();
        Path memory = onlyMemoryFile();
        assertThat(memory).hasSize(1 << 20);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(memory))).isEqualTo("rw-------");
        held.letGoAll();
        assertThat(sent.get(10, TimeUnit.SECONDS).getMessage().getBody()).isEqualTo(List.of(entity("let go")));
        context.stop();
        assertThat(memory).doesNotExist();
        assertThat(others).exists();
    }

    @Test
    void aFrameLargerThanTheSharedMemoryFailsNamingBothSizes() throws Exception {
        String uri = "lvagrpc:127.0.0.1:" + port("held") + "?dataTransfer=sharedMemory"
                     + "&sharedMemorySizeMiB=1&sharedMemoryDirectory=" + memoryDirectory + "&pixelFormat=BGR24&width=1000&height=1000";
        Exchange large = new DefaultExchange(context);
        large.getMessage().setBody(new byte[3_000_000]);
        assertThat(template.send(uri, large).getException()).hasMessageContaining("3000000 bytes").hasMessageContaining("1048576");
    }

    private Path onlyMemoryFile() throws Exception {
        try (var files = Files.list(memoryDirectory)) {
            List<Path> found = files.filter(file -> file.getFileName().toString().startsWith("lvagrpc-")).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private CompletableFuture<Exchange> send(String uri) {
        return template.asyncSend(uri, exchange());
    }

    private Exchange exchange() {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(pixels(24, 1));
        return exchange;
    }

    private Exchange exchangeOf(String graphInstanceName) {
        Exchange exchange = exchange();
        exchange.getMessage().setHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, graphInstanceName);
        return exchange;
    }

    private String uri(String route, String options) {
        return "lvagrpc:127.0.0.1:" + port(route) + "?graphInstanceName=camera-1" + FORMAT + options;
    }

    private void stopRoute(String route) {
        try {
            context.getRouteController().stopRoute(route);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
