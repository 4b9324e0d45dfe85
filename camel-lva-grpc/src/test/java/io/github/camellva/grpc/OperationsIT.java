package io.github.camellva.grpc;

import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.Query;

import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What operators see of routes that serve nodes, and of routes that are nodes. */
class OperationsIT extends LvaGrpcTestSupport {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch stay = new CountDownLatch(1);

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withJMX(true);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("metricRegistry", meters);
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        HealthCheckHelper.getHealthCheckRepository(context, "producers").setEnabled(true);
        assertThat(health).isNotNull();
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("extension").to("mock:frames").process(this::findOrFail);
                from(EXTENSION + "?healthWindow=1&healthFailureRatio=1").routeId("strict").process(this::findOrFail);
                from(EXTENSION + "?healthWindow=0").routeId("lenient").process(this::findOrFail);
                from(EXTENSION).routeId("silent").process(exchange -> stay.await());
                from(EXTENSION + "?encodings=RAW").routeId("raw").process(this::findOrFail);
            }

            private void findOrFail(Exchange exchange) {
                if (exchange.getMessage().getHeader(LvaGrpcConstants.TIMESTAMP, Long.class) == 13) {
                    throw new IllegalStateException("no model");
                }
                exchange.getMessage().setBody(entity("car"));
            }
        };
    }

    @Test
    void aConsumerIsHealthyWithDetailsUntilItsRouteIsSuspended() throws Exception {
        try (RawNode node = connect("extension")) {
            node.open(rawDescriptor());
            HealthCheck.Result up = check("consumer:extension");
            assertThat(up.getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(up.getDetails()).containsEntry("sessions", 1).containsEntry("port", port("extension"))
                    .containsEntry("route.id", "extension").containsEntry("address", "127.0.0.1:0");
        }
        context.getRouteController().suspendRoute("extension");
        HealthCheck.Result down = check("consumer:extension");
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getDetails()).containsEntry("route.status", "Suspended");
        context.getRouteController().resumeRoute("extension");
        assertThat(check("consumer:extension").getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void aProducerIsHealthyUntilItsExtensionIsGoneAndTellsWhy() throws Exception {
        String uri = "lvagrpc:127.0.0.1:" + port("extension") + "?graphInstanceName=camera-1";
        assertThat(send(uri, 1).getException()).isNull();
        String id = "producer:lvagrpc-127.0.0.1:" + port("extension") + "-1";
        assertThat(check(id).getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(check(id).getDetails()).containsEntry("sessions", 1);
        context.getRouteController().stopRoute("extension");
        await().until(() -> check(id).getState() == HealthCheck.State.DOWN);
        assertThat(check(id).getMessage()).hasValueSatisfying(message -> assertThat(message).contains("does not answer: UNAVAILABLE"));
    }

    @Test
    void aConsumerWhoseFramesMostlyFailIsDownWithTheLastErrorUntilTheyDoNot() throws Exception {
        try (RawNode node = connect("extension")) {
            node.open(rawDescriptor());
            sendTen(node, 13);
            HealthCheck.Result down = check("consumer:extension");
            assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(down.getMessage()).contains(
                    "route 'extension': 10 of the last 10 frames failed, the last: java.lang.IllegalStateException: no model");
            assertThat(down.getDetails()).containsEntry("frames.failed", 10L).containsEntry("frames.answered", 0L);
            sendTen(node, 1);
            assertThat(check("consumer:extension").getState()).as("half of them").isEqualTo(HealthCheck.State.DOWN);
            sendTen(node, 1);
            assertThat(check("consumer:extension").getState()).isEqualTo(HealthCheck.State.UP);
        }
    }

    @Test
    void howManyFailuresAreTooManyIsAnOption() throws Exception {
        try (RawNode node = connect("strict")) {
            node.open(rawDescriptor()).send(embedded(13, pixels(FRAME_BYTES, 1))).receive();
            assertThat(check("consumer:strict").getMessage()).hasValueSatisfying(
                    message -> assertThat(message).startsWith("route 'strict': 1 of the last 1 frames failed"));
        }
        try (RawNode node = connect("lenient")) {
            node.open(rawDescriptor());
            sendTen(node, 13);
            assertThat(check("consumer:lenient").getState()).isEqualTo(HealthCheck.State.UP);
        }
    }

    @Test
    void aProducerWhoseExtensionProcessesNothingIsDown() {
        String uri = "lvagrpc:127.0.0.1:" + port("extension") + "?graphInstanceName=camera-1&healthWindow=3";
        String id = "producer:lvagrpc-127.0.0.1:" + port("extension") + "-1";
        for (int i = 0; i < 3; i++) {
            assertThat(check(send(uri, 13), id).getState()).isEqualTo(i < 2 ? HealthCheck.State.UP : HealthCheck.State.DOWN);
        }
        assertThat(check(id).getMessage()).hasValueSatisfying(message -> assertThat(message)
                .startsWith("lvagrpc:127.0.0.1:" + port("extension") + ": none of the last 3 frames was processed"));
        assertThat(check(id).getDetails()).containsEntry("frames.not.processed", 3L);
        assertThat(check(send(uri, 1), id).getState()).as("one of three was").isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void aProducerWhoseFramesGetNoAnswerIsDown() {
        String uri = "lvagrpc:127.0.0.1:" + port("silent") + "?graphInstanceName=camera-1&healthWindow=1&responseTimeout=100";
        Exchange unanswered = send(uri, 1);
        assertThat(unanswered.getException()).hasMessageContaining("not answered within 100 ms");
        HealthCheck.Result down = check("producer:lvagrpc-127.0.0.1:" + port("silent") + "-1");
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage()).hasValueSatisfying(message -> assertThat(message)
                .contains("1 of the last 1 frames failed, the last: sample 2 was not answered within 100 ms"));
        stay.countDown();
    }

    @Test
    void whatHealthIsJudgedByIsChecked() {
        assertThatThrownBy(() -> context.getEndpoint("lvagrpc:127.0.0.1:0?healthFailureRatio=1.5").createConsumer(exchange -> { }))
                .hasMessage("healthFailureRatio is 1.5; it must be above 0, and 1 at most");
        assertThatThrownBy(() -> context.getEndpoint("lvagrpc:127.0.0.1:0?healthWindow=-1").createConsumer(exchange -> { }))
                .hasMessageStartingWith("healthWindow is -1; it must be from 0 to");
    }

    @Test
    void aProducerWhoseExtensionRefusesOneOfItsCamerasIsHealthy() {
        String uri = "lvagrpc:127.0.0.1:" + port("raw");
        assertThat(send(uri, 1).getException()).isNull();
        Exchange refused = template.request(uri, exchange -> {
            exchange.getMessage().setBody(new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB));
            exchange.getMessage().setHeader(LvaGrpcConstants.ENCODING, "JPG");
            exchange.getMessage().setHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, "camera-2");
        });
        assertThat(refused.getException()).hasMessageContaining("encoding JPG is not served");
        assertThat(check("producer:lvagrpc-127.0.0.1:" + port("raw") + "-1").getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void theConsoleShowsTheSessionsOfConsumersAndProducers() {
        String uri = "lvagrpc:127.0.0.1:" + port("extension") + "?graphInstanceName=camera-1&graphNodeName=detector";
        send(uri, 1);
        send(uri, 13);
        DevConsole console = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class).resolveById("lvagrpc");
        JsonObject json = (JsonObject) console.call(DevConsole.MediaType.JSON);
        JsonObject served = session(json, "consumers");
        assertThat(served).containsEntry("graphInstance", "camera-1").containsEntry("graphNode", "detector")
                .containsEntry("transfer", "embedded").containsEntry("frames", 2L).containsEntry("failed", 1L)
                .containsEntry("inFlight", 0).containsEntry("bytes", 2L * FRAME_BYTES)
                .containsEntry("format", "RAW RGB24 4x2");
        assertThat(served.getString("lastError")).contains("no model");
        assertThat(served).containsEntry("answered", 1L).containsEntry("skipped", 0L).doesNotContainKey("notProcessed");
        assertThat(session(json, "producers")).containsEntry("graphInstance", "camera-1").containsEntry("frames", 2L)
                .containsEntry("answered", 1L).containsEntry("notProcessed", 1L).containsEntry("failed", 0L)
                .doesNotContainKey("skipped");
        assertThat((String) console.call(DevConsole.MediaType.TEXT))
                .contains("Route Id: extension", "graph 'camera-1' node 'detector'", "2 frames", "1 answered, 0 skipped, 1 failed", "no model", "To: lvagrpc",
                        "1 answered, 1 not processed, 0 failed");
    }

    @Test
    void jmxShowsCountsAndClosesASession() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try (RawNode node = connect("extension")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1))).receive();
            node.send(embedded(13, pixels(FRAME_BYTES, 1))).receive();
            ObjectName consumer = consumerBean(server);
            assertThat(server.getAttribute(consumer, "OpenSessions")).isEqualTo(1);
            assertThat(server.getAttribute(consumer, "Frames")).isEqualTo(2L);
            assertThat(server.getAttribute(consumer, "FramesAnswered")).isEqualTo(1L);
            assertThat(server.getAttribute(consumer, "FramesFailed")).isEqualTo(1L);
            assertThat(server.getAttribute(consumer, "FramesSkipped")).isEqualTo(0L);
            assertThat(server.getAttribute(consumer, "FramesInFlight")).isEqualTo(0L);
            assertThat(server.getAttribute(consumer, "Bytes")).isEqualTo(2L * FRAME_BYTES);
            assertThat(server.getAttribute(consumer, "Port")).isEqualTo(port("extension"));
            assertThat(server.getAttribute(consumer, "Address")).isEqualTo("127.0.0.1:" + port("extension"));
            List<?> sessions = (List<?>) server.invoke(consumer, "listSessions", new Object[0], new String[0]);
            String id = sessions.get(0).toString().replaceAll("session (\\w+) .*", "$1");
            assertThat(close(server, consumer, "none")).isFalse();
            assertThat(close(server, consumer, id)).isTrue();
            assertThat(node.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(node.awaitEnd().getDescription()).isEqualTo("the extension's operator closed the session");
        }
    }

    @Test
    void jmxShowsWhatBecameOfTheFramesOfAProducer() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        int port = port("extension");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:camera").to("lvagrpc:127.0.0.1:" + port + "?graphInstanceName=camera-1");
            }
        });
        send("direct:camera", 1);
        send("direct:camera", 13);
        ObjectName producer = server.queryNames(new ObjectName("org.apache.camel:type=producers,name=LvaGrpcProducer*,*"), null)
                .iterator().next();
        assertThat(server.getAttribute(producer, "Frames")).isEqualTo(2L);
        assertThat(server.getAttribute(producer, "FramesAnswered")).isEqualTo(1L);
        assertThat(server.getAttribute(producer, "FramesNotProcessed")).isEqualTo(1L);
        assertThat(server.getAttribute(producer, "FramesFailed")).isEqualTo(0L);
    }

    @Test
    void jmxClosesASessionOfAProducerAndTheNextFrameOpensAnother() throws Exception {
        String uri = "lvagrpc:127.0.0.1:" + port("extension") + "?graphInstanceName=camera-1";
        send(uri, 1);
        LvaGrpcProducer producer = context.getComponent("lvagrpc", LvaGrpcComponent.class).producers().get(0);
        String first = producer.sessionReports().get(0).id();
        assertThat(producer.closeSession(first)).isTrue();
        assertThat(send(uri, 2).getException()).isNull();
        assertThat(producer.sessionReports()).singleElement().satisfies(session -> {
            assertThat(session.id()).isNotEqualTo(first);
            assertThat(session.samples()).isEqualTo(1);
        });
    }

    @Test
    void bothPartiesCallASessionTheSame() {
        send("lvagrpc:127.0.0.1:" + port("extension") + "?graphInstanceName=camera-1", 1);
        LvaGrpcProducer producer = context.getComponent("lvagrpc", LvaGrpcComponent.class).producers().get(0);
        LvaGrpcConsumer consumer = (LvaGrpcConsumer) context.getRoute("extension").getConsumer();
        assertThat(producer.sessionReports()).singleElement()
                .satisfies(session -> assertThat(session.id()).isEqualTo(consumer.sessionReports().get(0).id()));
    }

    @Test
    void metersCountFramesByPipelineAndOutcomeUntilTheRouteIsRemoved() throws Exception {
        try (RawNode node = connect("extension")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1))).receive();
            node.send(embedded(13, pixels(FRAME_BYTES, 1))).receive();
            assertThat(meter("frames", "outcome", "answered").functionCounter().count()).isEqualTo(1);
            assertThat(meter("frames", "outcome", "failed").functionCounter().count()).isEqualTo(1);
            assertThat(meter("frames", "outcome", "skipped").functionCounter().count()).isZero();
            assertThat(meter("bytes").functionCounter().count()).isEqualTo(2.0 * FRAME_BYTES);
            assertThat(meter("sessions").gauge().value()).isEqualTo(1);
            assertThat(meter("inflight").gauge().value()).isZero();
            assertThat(meter("latency").timer().count()).isEqualTo(2);
        }
        await().until(() -> meter("sessions").gauge().value() == 0);
        context.getRouteController().stopRoute("extension");
        context.removeRoute("extension");
        assertThat(meters.getMeters()).extracting(meter -> meter.getId().getName()).noneMatch(name -> name.startsWith("camel.lvagrpc"));
    }

    @Test
    void metersOfAProducerAreThoseOfItsSide() {
        String uri = "lvagrpc:127.0.0.1:" + port("extension") + "?graphInstanceName=camera-1";
        send(uri, 1);
        send(uri, 13);
        assertThat(meters.get("camel.lvagrpc.frames").tag("side", "producer").tag("graphInstance", "camera-1")
                .tag("address", "127.0.0.1:" + port("extension")).functionCounters())
                .extracting(counter -> counter.getId().getTag("outcome") + " " + counter.count())
                .containsExactlyInAnyOrder("answered 1.0", "notProcessed 1.0", "failed 0.0");
    }

    @Test
    void theTraceOfANodeIsInTheHeadersOfItsFrames() throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port("extension")).usePlaintext().build();
        Metadata trace = new Metadata();
        trace.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), TRACE);
        MockEndpoint frames = getMockEndpoint("mock:frames");
        frames.expectedHeaderReceived("traceparent", TRACE);
        try (RawNode node = RawNode.on(ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(trace)))) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1))).receive();
            frames.assertIsSatisfied();
            assertThat(frames.getExchanges().get(0).getMessage().getHeaders()).doesNotContainKeys("tracestate", "baggage");
        } finally {
            channel.shutdownNow();
        }
    }

    private Exchange send(String uri, long timestamp) {
        return template.request(uri, exchange -> {
            exchange.getMessage().setBody(pixels(FRAME_BYTES, 1));
            exchange.getMessage().setHeaders(Map.of(
                    LvaGrpcConstants.ENCODING, "RAW", LvaGrpcConstants.WIDTH, 4, LvaGrpcConstants.HEIGHT, 2,
                    LvaGrpcConstants.TIMESTAMP, timestamp));
        });
    }

    private static void sendTen(RawNode node, long timestamp) {
        for (int i = 0; i < 10; i++) {
            node.send(embedded(timestamp, pixels(FRAME_BYTES, 1))).receive();
        }
    }

    /** After an exchange that must not have failed. */
    private HealthCheck.Result check(Exchange sent, String id) {
        assertThat(sent.getException()).isNull();
        return check(id);
    }

    private HealthCheck.Result check(String id) {
        Optional<HealthCheck> check = HealthCheckRegistry.get(context).getCheck(id);
        return check.orElseThrow(() -> new AssertionError("no check " + id + " in " + HealthCheckRegistry.get(context).stream()
                .map(HealthCheck::getId).toList())).call();
    }

    private RequiredSearch meter(String name, String... tags) {
        return meters.get("camel.lvagrpc." + name).tags("side", "consumer", "graphInstance", "camera-1", "graphNode", "extension")
                .tags(tags);
    }

    private static JsonObject session(JsonObject json, String side) {
        JsonObject endpoint = (JsonObject) json.<List<?>> getCollection(side).iterator().next();
        return (JsonObject) ((List<?>) endpoint.get("sessions")).get(0);
    }

    private static ObjectName consumerBean(MBeanServer server) throws Exception {
        Set<ObjectName> names = server.queryNames(
                new ObjectName("org.apache.camel:type=consumers,name=LvaGrpcConsumer*,*"),
                Query.match(Query.attr("RouteId"), Query.value("extension")));
        return names.iterator().next();
    }

    private static boolean close(MBeanServer server, ObjectName consumer, String session) throws Exception {
        return (boolean) server.invoke(consumer, "closeSession", new Object[] { session }, new String[] { String.class.getName() });
    }
}
