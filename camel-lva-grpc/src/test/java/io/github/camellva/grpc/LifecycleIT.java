package io.github.camellva.grpc;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.grpc.stream.AnswerOrder;
import io.github.camellva.grpc.stream.PipelineMeters;
import io.github.camellva.grpc.stream.OnFailure;
import io.github.camellva.grpc.stream.Overflow;
import io.github.camellva.grpc.stream.SessionSettings;
import io.github.camellva.grpc.stream.SharedMemoryUse;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Starting, suspending, resuming and stopping a route, and its health. */
class LifecycleIT extends LvaGrpcTestSupport {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("free").process(exchange -> exchange.getMessage().setBody(entity("free")));
                from(EXTENSION + "?maxInFlight=1").routeId("gate").process(exchange -> {
                    entered.countDown();
                    gate.await();
                    exchange.getMessage().setBody(entity("through the gate"));
                });
            }
        };
    }

    @Test
    void stoppingARouteAnswersWhatIsInItAndThenEndsTheSession() throws Exception {
        try (RawNode node = connect("gate")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> stop("gate"));
            assertThat(node.hasEnded()).isFalse();
            gate.countDown();
            assertThat(tags(node.receive())).containsExactly("through the gate");
            Status end = node.awaitEnd();
            assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(end.getDescription()).contains("stopped");
            stopped.get(10, TimeUnit.SECONDS);
        }
        assertThat(context.getInflightRepository().size()).isZero();
    }

    @Test
    void aSuspendedRouteKeepsItsSessionsTakesNoFramesAndNoNewSessions() throws Exception {
        try (RawNode node = connect("free")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            node.receive();
            context.getRouteController().suspendRoute("free");
            node.send(embedded(2, pixels(FRAME_BYTES, 1)));
            try (RawNode late = connect("free")) {
                Status end = late.awaitEnd();
                assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(end.getDescription()).contains("suspended");
            }
            assertThat(node.pending()).isZero();
            context.getRouteController().resumeRoute("free");
            assertThat(node.receive().getAckSequenceNumber()).isEqualTo(3);
            try (RawNode next = connect("free")) {
                next.open(rawDescriptor());
            }
        }
    }

    @ParameterizedTest(name = "port {0}")
    @ValueSource(strings = { "any", "fixed" })
    void aStopThatIsGivenUpLeavesTheServerOpenToNewSessions(String kind) throws Exception {
        int asked = kind.equals("any") ? 0 : freePort();
        CountDownLatch held = new CountDownLatch(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:" + asked).routeId("held").process(exchange -> held.await());
            }
        });
        int port = port("held");
        try (RawNode node = RawNode.connect(port)) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            await().until(() -> context.getInflightRepository().size("held") == 1);
            assertThat(context.getRouteController().stopRoute("held", 100, TimeUnit.MILLISECONDS, true)).isFalse();
            assertThat(context.getRouteController().getRouteStatus("held")).isEqualTo(ServiceStatus.Started);
            assertThat(port("held")).isEqualTo(port);
            held.countDown();
            assertThat(node.receive().getAckSequenceNumber()).isEqualTo(2);
            assertThat(node.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }
        try (RawNode next = RawNode.connect(port)) {
            next.open(rawDescriptor()).send(embedded(2, pixels(FRAME_BYTES, 1)));
            assertThat(next.receive().getAckSequenceNumber()).isEqualTo(2);
        }
        context.getRouteController().stopRoute("held");
        requireFree(port);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {
            "suspend suspend resume", "resume resume", "start start", "suspend start", "stop stop start", "stop suspend start",
            "suspend stop start", "suspend start stop start" })
    void aConsumerThatIsToldAnythingInAnyOrderServesAsItWasToldLast(String orders) throws Exception {
        int port = freePort();
        addRoute("ordered", "lvagrpc:127.0.0.1:" + port);
        LvaGrpcConsumer consumer = (LvaGrpcConsumer) context.getRoute("ordered").getConsumer();
        for (String order : orders.split(" ")) {
            switch (order) {
                case "start" -> consumer.start();
                case "suspend" -> consumer.suspend();
                case "resume" -> consumer.resume();
                default -> consumer.stop();
            }
        }
        try (RawNode node = RawNode.connect(port)) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            assertThat(node.receive().getAckSequenceNumber()).isEqualTo(2);
        }
        consumer.stop();
        requireFree(port);
    }

    @Test
    void aContextThatHoldsBothPartiesStopsAtOnce() throws Exception {
        String extension = "lvagrpc:127.0.0.1:" + port("gate") + "?pixelFormat=BGR24&width=4&height=2&maxInFlight=8";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:camera?period=1&delay=0").threads(8).setBody(constant(pixels(FRAME_BYTES, 1))).to(extension);
            }
        });
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        await().until(() -> context.getInflightRepository().size() > 4);
        CompletableFuture.runAsync(gate::countDown, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
        long began = System.nanoTime();
        context.stop();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).as("ms to stop, of which the route takes 200").isLessThan(1500);
    }

    @Test
    void aStoppedRouteStartsAgain() throws Exception {
        context.getRouteController().stopRoute("free");
        context.getRouteController().startRoute("free");
        try (RawNode node = connect("free")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            assertThat(tags(node.receive())).containsExactly("free");
        }
    }

    @Test
    void aNodeThatGoesAwayLeavesNothingInFlight() throws Exception {
        try (RawNode node = connect("gate")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            node.cancel();
        }
        gate.countDown();
        await().until(() -> context.getInflightRepository().size() == 0);
        try (RawNode node = connect("gate")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            assertThat(tags(node.receive())).containsExactly("through the gate");
        }
    }

    @Test
    void healthFollowsTheRoute() throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port("free")).usePlaintext().build();
        try {
            HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
            assertThat(health(health, "")).isEqualTo(ServingStatus.SERVING);
            assertThat(health(health, MediaGraphExtensionGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.SERVING);
            context.getRouteController().suspendRoute("free");
            assertThat(health(health, "")).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(health(health, MediaGraphExtensionGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.NOT_SERVING);
            context.getRouteController().resumeRoute("free");
            assertThat(health(health, "")).isEqualTo(ServingStatus.SERVING);
            assertThatThrownBy(() -> health(health, "another.Service")).isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("NOT_FOUND");
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String uri = "lvagrpc:127.0.0.1:" + taken.getLocalPort();
            assertThatThrownBy(() -> addRoute("late", uri)).hasStackTraceContaining("Address already in use")
                    .hasStackTraceContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .hasStackTraceContaining("choose another port");
        }
    }

    @Test
    void aSecondRouteOnTheSameAddressIsToldWhichOneHasIt() throws Exception {
        int port = freePort();
        addRoute("first", "lvagrpc:127.0.0.1:" + port);
        assertThatThrownBy(() -> addRoute("second", "lvagrpc:127.0.0.1:" + port + "?maxInFlight=2"))
                .hasStackTraceContaining("route 'second' cannot listen on lvagrpc:127.0.0.1:" + port + ": route 'first' does")
                .hasStackTraceContaining("another port");
        try (RawNode node = RawNode.connect(port)) {
            node.open(rawDescriptor());
        }
        context.getRouteController().stopRoute("first");
        context.getRouteController().startRoute("second");
        try (RawNode node = RawNode.connect(port)) {
            node.open(rawDescriptor());
        }
    }

    @Test
    void aHostThatIsNotOfThisMachineIsNamed() {
        assertThatThrownBy(() -> addRoute("late", "lvagrpc:no-such-host.invalid:5001"))
                .hasStackTraceContaining("cannot listen on no-such-host.invalid:5001").hasStackTraceContaining("0.0.0.0");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {
            "lvagrpc:localhost | host:port", "lvagrpc:localhost:x | host:port", "lvagrpc::5001 | host:port",
            "lvagrpc:localhost:70000 | port is 70000; it must be from 0 to 65535",
            "lvagrpc:localhost:0?maxInFlight=0 | maxInFlight is 0; it must be from 1",
            "lvagrpc:localhost:0?maxSessions=0 | maxSessions is 0",
            "lvagrpc:localhost:0?maxMessageSize=-1 | maxMessageSize is -1",
            "lvagrpc:localhost:0?poolSize=0 | poolSize is 0",
            "lvagrpc:localhost:0?encodings=RAW,GIF | encodings 'GIF' is unknown; accepted are BMP, JPG, PNG, RAW",
            "lvagrpc:localhost:0?pixelFormats=RGB | pixelFormats 'RGB' is unknown; accepted are YUV420P, RGB565BE",
            "lvagrpc:localhost:0?username=camera | username is set and password is not",
            "lvagrpc:localhost:0?password=camera | password is set and username is not",
            "lvagrpc:localhost:0?username=a:b&password=c | username must not contain ':'",
            "lvagrpc:localhost:0?keyResource=file:x | keyResource is set and keyCertChainResource is not",
            "lvagrpc:localhost:0?trustCertCollectionResource=file:x | trustCertCollectionResource needs keyCertChainResource",
            "lvagrpc:localhost:0?keyCertChainResource=file:no.pem&keyResource=file:no.key | keyCertChainResource 'file:no.pem' cannot be read",
            "lvagrpc:localhost:0?overflow=drop | overflow 'drop' is unknown; accepted are block, skip",
            "lvagrpc:localhost:0?onFailure=retry | onFailure 'retry' is unknown; accepted are ack, close",
            "lvagrpc:localhost:0?sharedMemoryAccess=mmap | sharedMemoryAccess 'mmap' is unknown; accepted are copy, map",
            "lvagrpc:localhost:0?maxFrames=3 | maxFrames" })
    void aWrongOptionIsNamedWithWhatIsAccepted(String uriAndMessage) {
        String[] parts = uriAndMessage.split(" \\| ");
        assertThatThrownBy(() -> addRoute("late", parts[0])).hasStackTraceContaining(parts[1]);
    }

    @Test
    void optionsAreReadAsTheyAreWritten(@TempDir Path directory) throws Exception {
        LvaGrpcConfiguration configuration = context.getEndpoint(
                "lvagrpc:[::1]:0?overflow=skip&sharedMemoryAccess=map&onFailure=close&ordered=false&encodings=raw, jpg"
                + "&sharedMemoryDirectory=" + directory,
                LvaGrpcEndpoint.class).getConfiguration();
        assertThat(configuration.getHost()).isEqualTo("[::1]");
        SessionSettings settings = ConsumerOptions.sessionSettings(configuration, PipelineMeters.unexported());
        assertThat(settings.overflow()).isEqualTo(Overflow.SKIP);
        Files.write(directory.resolve("handle"), new byte[FRAME_BYTES]);
        SharedMemory memory = settings.sharedMemory().open("handle", FRAME_BYTES);
        assertThat(memory.read(0, FRAME_BYTES).isDirect()).as("mapped").isTrue();
        memory.release();
        assertThat(settings.onFailure()).isEqualTo(OnFailure.CLOSE);
        assertThat(settings.answerOrder()).isEqualTo(AnswerOrder.COMPLETION);
        assertThat(settings.encodings()).containsExactlyInAnyOrder(Encoding.JPG, Encoding.RAW);
    }

    @Test
    void sharedMemoryThatIsSwitchedOffIsNotOpened() {
        LvaGrpcConfiguration configuration
                = context.getEndpoint("lvagrpc:localhost:0?sharedMemory=false", LvaGrpcEndpoint.class).getConfiguration();
        assertThat(ConsumerOptions.sessionSettings(configuration, PipelineMeters.unexported()).sharedMemoryUse())
                .isEqualTo(SharedMemoryUse.FALSE);
    }

    private void addRoute(String id, String uri) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(id).process(exchange -> exchange.getMessage().setBody(null));
            }
        });
        assertThat(context.getRouteController().getRouteStatus(id)).isEqualTo(ServiceStatus.Started);
    }

    private void stop(String route) {
        try {
            context.getRouteController().stopRoute(route);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServingStatus health(HealthGrpc.HealthBlockingStub stub, String service) {
        return stub.check(HealthCheckRequest.newBuilder().setService(service).build()).getStatus();
    }

    private static void requireFree(int port) throws Exception {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
