package io.github.camellva.examples.scaleout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camellva.examples.rig.CameraFrame;
import io.github.camellva.examples.rig.Cameras;
import io.github.camellva.examples.rig.LogFile;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.kafka.KafkaBroker;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.Inference;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

/** A gateway and a worker as a user starts them by hand, in this JVM. Every test has cameras of its own. */
@Timeout(180)
class MembersIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** In bytes, as the gateway's route has it. */
    private static final int LARGEST_FRAME = 1_000_000;

    private static KafkaBroker broker;
    private static String brokers;
    private static CamelContext node;
    private static RunningMember worker;
    private static RunningMember gateway;

    private final Answers answers = new Answers();
    private final CountDownLatch stop = new CountDownLatch(1);

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.shared();
        brokers = broker.bootstrapServers();
        node = new DefaultCamelContext();
        node.start();
        worker = RunningMember.start("role", "worker", "brokers", brokers, "partitions", "3", "name", "worker-7");
        gateway = RunningMember.start("role", "gateway", "brokers", brokers, "partitions", "3", "listen", "127.0.0.1:0");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        worker.close();
        node.close();
    }

    @Test
    void everyFrameIsAnsweredWithWhatAWorkerFoundInThatVeryFrame() throws Exception {
        cameras("entrance", "yard").run(gateway.address() + "?encoding=JPG", 30, Pace.UNLIMITED);
        assertThat(answers.failed()).isEmpty();
        assertThat(answers.answered()).hasSize(60);
        Map<CameraFrame, List<Inference>> results = results("entrance", "yard");
        assertThat(answers.answered()).allSatisfy((frame, inferences) -> assertThat(inferences)
                .isNotEmpty().isEqualTo(results.get(new CameraFrame(frame.camera(), 0, frame.timestamp()))));
    }

    @Test
    void resultsAreCloudEventsInTheOrderOfTheirFrames() throws Exception {
        cameras("hall").run(gateway.address() + "?encoding=JPG", 20, Pace.UNLIMITED);
        List<ConsumerRecord<String, byte[]>> results = Records.of(brokers, Topics.RESULTS, "hall");
        assertThat(results).extracting(MembersIT::timestamp).hasSize(20).isSorted().doesNotHaveDuplicates();
        assertThat(results).extracting(result -> Records.header(result, "ce_id")).doesNotHaveDuplicates();
        assertThat(results).allSatisfy(result -> {
            assertThat(Records.header(result, "ce_specversion")).isEqualTo("1.0");
            assertThat(Records.header(result, "ce_subject")).isEqualTo("hall");
            assertThat(Records.header(result, "ce_source"))
                    .isEqualTo("/edgeModules/avaedge/livePipelines/hall/processors/extension");
            assertThat(Records.header(result, "content-type")).isEqualTo("application/json");
            assertThat(Records.header(result, Worker.NAME)).isEqualTo("worker-7");
            assertThat(result.headers()).extracting(Header::key).filteredOn(name -> name.startsWith("lva-"))
                    .containsExactly(Worker.NAME);
        });
    }

    @Test
    void framesAndResultsAreAsLargeInKafkaAsTheReadmeReckonsWith() throws Exception {
        cameras("dock").run(gateway.address() + "?encoding=JPG", 20, Pace.UNLIMITED);
        assertThat(bytesOfRecord(Topics.FRAMES, "dock")).isCloseTo(Capacity.FRAME_BYTES, withinPercentage(10));
        assertThat(bytesOfRecord(Topics.RESULTS, "dock")).isCloseTo(Capacity.RESULT_BYTES, withinPercentage(10));
    }

    @Test
    void aFrameThatCannotBeDecodedIsPutAsideAndTheNextOnesAreLookedAt() throws Exception {
        String uri = gateway.address() + "?encoding=JPG&graphInstanceName=broken";
        byte[] undecodable = Pictures.undecodable();
        LogFile log = new LogFile();
        assertThat(send(uri, Pictures.jpeg(), 1)).isNotEmpty();
        assertThat(send(uri, undecodable, 2)).as("not processed").isNull();
        assertThat(send(uri, Pictures.jpeg(), 3)).isNotEmpty();

        assertThat(Records.of(brokers, Topics.RESULTS, "broken")).extracting(MembersIT::timestamp).containsExactly(1L, 3L);
        assertThat(Records.of(brokers, Topics.REJECTED, "broken")).singleElement().satisfies(rejected -> {
            assertThat(rejected.value()).isEqualTo(undecodable);
            assertThat(Records.header(rejected, FrameRecord.TIMESTAMP)).isEqualTo("2");
            assertThat(Records.header(rejected, FrameRecord.FAILURE)).contains("broken cannot be looked at");
        });
        assertThat(log.lines()).as("of the worker, and of the gateway")
                .filteredOn(line -> line.matches(".* WARN .*frame \\w+-\\d of broken cannot be looked at: lvaonnx:.*: Invalid JPEG.*")).hasSize(2);
    }

    @Test
    void whileTheBrokerIsAwayFramesWaitAndNoneIsLost() throws Exception {
        CompletableFuture<?> running = Background.start(() -> {
            cameras("bridge").run(gateway.address() + "?encoding=JPG", 100, Pace.UNLIMITED);
            return null;
        });
        await().atMost(LONG).until(() -> answers.answered().size() >= 10);
        broker.stop();
        int answeredBefore = answers.answered().size();
        broker.restart();
        running.get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(answeredBefore).isLessThan(100);
        assertThat(answers.failed()).isEmpty();
        assertThat(answers.answered()).hasSize(100);
        assertThat(results("bridge").keySet()).hasSize(100);
    }

    @Test
    void aFrameThatIsTooLargeForKafkaIsRefusedAtTheGateway() throws Exception {
        byte[] large = Arrays.copyOf(Pictures.jpeg(), LARGEST_FRAME + 1);
        assertThatThrownBy(() -> send(gateway.address() + "?encoding=JPG&graphInstanceName=large", large, 1))
                .hasMessageContaining("RESOURCE_EXHAUSTED");
    }

    @Test
    void rawFramesAreRefusedWithWhatIsAccepted() {
        String uri = gateway.address() + "?encoding=RAW&pixelFormat=BGR24&graphInstanceName=raw";
        assertThatThrownBy(() -> send(uri, Pictures.jpeg(), 1))
                .hasMessageContaining("INVALID_ARGUMENT").hasMessageContaining("JPG");
    }

    private Cameras cameras(String... names) {
        return new Cameras(node, List.of(names), answers, stop);
    }

    /** One frame, and what was found in it; null when it was not processed. */
    @SuppressWarnings("unchecked")
    private static List<Inference> send(String uri, byte[] picture, long timestamp) throws Exception {
        try (ProducerTemplate template = node.createProducerTemplate()) {
            Exchange done = template.request(uri + "&width=640&height=360", exchange -> {
                exchange.getMessage().setBody(ByteBuffer.wrap(picture));
                exchange.getMessage().setHeader(LvaGrpcConstants.TIMESTAMP, timestamp);
            });
            if (done.getException() != null) {
                throw done.getException();
            }
            return done.getMessage().getBody(List.class);
        }
    }

    /** By frame, whose number is not in a result. */
    private static Map<CameraFrame, List<Inference>> results(String... cameras) {
        return Stream.of(cameras).flatMap(camera -> Records.of(brokers, Topics.RESULTS, camera).stream())
                .collect(Collectors.toMap(
                        result -> new CameraFrame(result.key(), 0, timestamp(result)),
                        result -> InferenceDocument.parse(result.value()).inferences(), (first, repeat) -> first));
    }

    private static int bytesOfRecord(String topic, String camera) {
        return (int) Records.of(brokers, topic, camera).stream().mapToInt(MembersIT::bytes).average().orElseThrow();
    }

    private static int bytes(ConsumerRecord<String, byte[]> found) {
        return found.serializedKeySize() + found.serializedValueSize() + Stream.of(found.headers().toArray())
                .mapToInt(header -> header.key().length() + header.value().length).sum();
    }

    private static long timestamp(ConsumerRecord<String, byte[]> result) {
        return InferenceDocument.parse(result.value()).timestamp();
    }
}
