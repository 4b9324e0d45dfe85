package io.github.camellva.examples.iothub;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.camellva.examples.iothub.device.ConnectionString;
import io.github.camellva.examples.iothub.device.HubClient;
import io.github.camellva.examples.iothub.device.HubMessages;
import io.github.camellva.examples.iothub.device.HubSettings;
import io.github.camellva.examples.iothub.device.HubTls;
import io.github.camellva.examples.iothub.standin.ReceivedMessage;
import io.github.camellva.examples.iothub.standin.StandInHub;
import io.github.camellva.examples.rig.LogFile;
import io.github.camellva.examples.rig.RunningRoutes;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of a frame in the route, by what the detector finds in it and how the hub fares. */
@Timeout(60)
class IotHubRouteIT {

    private static final long TIMESTAMP = 145892470449324L;
    /** How long the hub is away at least; {@code first-hour} makes it ten seconds. */
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("away", 1));
    private static final int MOST_LINES = 100;
    private static final HubRecorder HUB = new HubRecorder();
    private static StandInHub hub;

    private final HubRecorder told = new HubRecorder();
    private final CamelContext node = new DefaultCamelContext();
    private HubClient client;
    private RunningRoutes route;
    private ProducerTemplate frames;
    private String extension;
    private String identity;

    @BeforeAll
    static void start() throws Exception {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        hub = StandInHub.start("localhost", HUB);
    }

    @AfterAll
    static void stop() throws Exception {
        Awaitility.reset();
        hub.close();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
        route.close();
        client.close();
    }

    @ParameterizedTest
    @CsvSource({ "device, 1", "device, 0", "module, 1" })
    void whatIsFoundArrivesAsADocumentWithThePropertiesOfItsEvent(String kind, int qos) throws Exception {
        String name = "found-" + kind + "-" + qos;
        startRoute(kind.equals("module") ? hub.registerModule(name, "lva") : hub.registerDevice(name), qos, finding(car(1)));
        assertThat(send(1)).containsExactly(car(1));
        await().until(() -> !received().isEmpty());
        ReceivedMessage message = received().get(0);
        assertThat(InferenceDocument.parse(message.body())).isEqualTo(new InferenceDocument(TIMESTAMP + 1, List.of(car(1))));
        assertThat(message.properties()).containsAllEntriesOf(Map.of(
                "$.ct", "application/json", "$.ce", "utf-8",
                "topic", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Media/videoAnalyzers/account",
                "subject", "/edgeModules/avaedge/livePipelines/front door/processors/motion & more",
                "eventType", "Microsoft.VideoAnalyzer.Analytics.Inference",
                "eventTime", "2021-05-14T21:24:09.436944Z", "dataVersion", "1.0"));
        assertThat(message.properties().get("$.mid")).isNotEmpty();
    }

    @Test
    void whereNothingIsFoundNothingIsSent(TestInfo test) throws Exception {
        startRoute(device(test), 1, exchange -> exchange.getMessage().setBody(null));
        assertThat(send(1)).isEmpty();
        assertThat(received()).isEmpty();
    }

    @Test
    void aDocumentThatIsTooLargeArrivesInSeveralMessages(TestInfo test) throws Exception {
        List<Inference> cars = IntStream.range(0, 4000).mapToObj(IotHubRouteIT::car).toList();
        startRoute(device(test), 1, finding(cars.toArray(Inference[]::new)));
        assertThat(send(1)).isEqualTo(cars);
        assertThat(received()).hasSizeGreaterThan(1).extracting(message -> message.properties().get("$.mid"))
                .doesNotHaveDuplicates();
        List<Inference> arrived = new ArrayList<>();
        received().forEach(message -> arrived.addAll(InferenceDocument.parse(message.body()).inferences()));
        assertThat(arrived).isEqualTo(cars);
    }

    @Test
    void aFrameWithAnInferenceThatIsTooLargeFailsAndTheNextDoesNot(TestInfo test) throws Exception {
        Inference large = car(1).toBuilder().putExtensions("vector", "x".repeat(300_000)).build();
        startRoute(device(test), 1, exchange -> exchange.getMessage().setBody(
                exchange.getMessage().getHeader(LvaGrpcConstants.TIMESTAMP, Long.class) == TIMESTAMP + 1
                        ? List.of(car(0), large)
                        : List.of(car(2))));
        assertThat(send(1)).as("not processed").isNull();
        assertThat(send(2)).containsExactly(car(2));
        assertThat(received()).singleElement()
                .satisfies(message -> assertThat(InferenceDocument.parse(message.body()).inferences()).containsExactly(car(2)));
        assertThat(told.losses()).isEmpty();
    }

    @Test
    void qosTwoFailsTheFrameAndNotTheConnection(TestInfo test) throws Exception {
        startRoute(device(test), 2, finding(car(1)));
        assertThat(send(1)).as("not processed").isNull();
        assertThat(received()).isEmpty();
        assertThat(told.losses()).isEmpty();
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void aFrameIsAnsweredOnlyAfterTheHubIsBackAndHasIt(TestInfo test) throws Exception {
        startRoute(device(test), 1, exchange -> {
            // what it finds is to be published while there is no connection
            hub.endConnection(identity);
            await().until(() -> !client.isConnected());
            exchange.getMessage().setBody(List.of(car(1)));
        });
        assertThat(send(1)).containsExactly(car(1));
        assertThat(received()).hasSize(1);
        assertThat(told.losses()).isNotEmpty();
        assertThat(told.connections()).hasSizeGreaterThan(1);
    }

    @Test
    void itStopsAlthoughTheHubIsGone(TestInfo test) throws Exception {
        HubRecorder gone = new HubRecorder();
        try (StandInHub other = StandInHub.start("localhost", gone)) {
            startRoute(other, other.registerDevice(name(test)), 1, finding(car(1)));
        }
        LogFile log = new LogFile();
        CompletableFuture<Exchange> answer = frames.asyncSend(extension, frame(1));
        await().until(() -> route.context().getInflightRepository().size(IotHub.ROUTE) == 1);
        await().pollDelay(AWAY).until(() -> log.lines().stream().anyMatch(line -> line.contains("Failed delivery")));
        assertThat(log.lines()).hasSizeLessThan(MOST_LINES);
        route.close();
        assertThat(answer).isCompleted();
        assertThat(answer.get().getMessage().getHeader(LvaGrpcConstants.OUTCOME)).isEqualTo("notProcessed");
    }

    @Test
    void aModelThatFailsCostsFewLines(TestInfo test) throws Exception {
        startRoute(device(test), 1, exchange -> {
            throw new IllegalStateException("the model is off");
        });
        LogFile log = new LogFile();
        for (int number = 1; number <= 250; number++) {
            assertThat(send(number)).as("not processed").isNull();
        }
        assertThat(log.lines()).hasSizeLessThan(MOST_LINES).anyMatch(line -> line.contains("the model is off"));
    }

    @Test
    void whatTheHubNeverTakesCostsFewLines(TestInfo test) throws Exception {
        startRoute(device(test), 2, finding(car(1)));
        LogFile log = new LogFile();
        for (int number = 1; number <= 250; number++) {
            assertThat(send(number)).as("not processed").isNull();
        }
        assertThat(log.lines()).hasSizeLessThan(MOST_LINES).anyMatch(line -> line.contains("Route iot-hub failed for sample"));
    }

    private void startRoute(String device, int qos, Processor detector) throws Exception {
        startRoute(hub, device, qos, detector);
    }

    private void startRoute(StandInHub at, String device, int qos, Processor detector) throws Exception {
        ConnectionString connection = ConnectionString.parse(device);
        identity = connection.clientId();
        client = HubClient.connect(
                connection,
                new HubSettings(
                        at.port(), new HubTls().trusting(at.trustedCertificates()).socketFactory(),
                        HubSettings.DEFAULT_TOKEN_LIFE, HubSettings.DEFAULT_KEEP_ALIVE, Duration.ofMillis(50)),
                told);
        route = RunningRoutes.start(main -> IotHub.configure(
                main, client, new HubMessages(connection, Optional.empty()), detector, qos));
        node.start();
        frames = node.createProducerTemplate();
        extension = "lvagrpc:" + route.address(IotHub.ROUTE) + "?encoding=RAW&pixelFormat=BGR24&width=2&height=2&graphInstanceName=front door"
                    + "&graphNodeName=RAW(motion & more)"
                    + "&mediaServicesArmId=/subscriptions/s/resourceGroups/g/providers/Microsoft.Media/videoAnalyzers/account";
    }

    @SuppressWarnings("unchecked")
    private List<Inference> send(int number) throws Exception {
        Exchange answer = frames.send(extension, frame(number));
        assertThat(answer.getException()).isNull();
        return answer.getMessage().getBody(List.class);
    }

    private Exchange frame(int number) {
        return ExchangeBuilder.anExchange(node).withBody(ByteBuffer.allocate(2 * 2 * 3))
                .withHeader(LvaGrpcConstants.TIMESTAMP, TIMESTAMP + number).build();
    }

    private List<ReceivedMessage> received() {
        return HUB.received(identity);
    }

    private static String device(TestInfo test) {
        return hub.registerDevice(name(test));
    }

    private static String name(TestInfo test) {
        return test.getTestMethod().orElseThrow().getName();
    }

    private static Processor finding(Inference... inferences) {
        return exchange -> exchange.getMessage().setBody(List.of(inferences));
    }

    private static Inference car(int number) {
        return Inference.newBuilder().setType(InferenceType.ENTITY).setInferenceId("car-" + number)
                .setEntity(Entity.newBuilder().setTag(Tag.newBuilder().setValue("car").setConfidence(0.95f))
                        .setBox(Rectangle.newBuilder().setL(0.1f).setT(0.2f).setW(0.3f).setH(0.4f)))
                .build();
    }
}
