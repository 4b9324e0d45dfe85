package io.github.camellva.examples.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import inference.GrpcPredictV2.InferTensorContents;
import inference.GrpcPredictV2.ModelInferRequest;
import inference.GrpcPredictV2.ModelInferResponse;
import inference.GrpcPredictV2.ModelInferResponse.InferOutputTensor;
import io.github.camellva.examples.rig.Box;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.LvaGrpcConsumer;
import io.github.camellva.onnx.detect.Grid;
import io.github.camellva.onnx.detect.Labels;
import io.github.camellva.proto.Inference;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The route of docs/model-servers.md with camel-kserve, and a stand-in for the server. */
@Timeout(60)
class ModelServerIT {

    private static final Logger LOG = LoggerFactory.getLogger(ModelServerIT.class);
    /** Held on to, since a logger that nobody refers to forgets its level. */
    private static final java.util.logging.Logger GRPC_LOG = java.util.logging.Logger.getLogger("io.grpc");

    private static final int SIDE = 416;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @BeforeAll
    static void silenceWhatIsProvoked() {
        GRPC_LOG.setLevel(Level.OFF);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void theServersModelGetsTheFrameAndTheNodeItsObjects(boolean rawContents) throws Exception {
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(BrightBlobs.bytes());
             KServeStandIn server = new KServeStandIn((request, answer) -> run(session, request, answer, rawContents));
             Node node = new Node(server, LIMIT)) {
            List<Inference> objects = node.send(Frames.withRectangle(320, 160, 200, 40, 60, 80));
            assertThat(objects).hasSize(1);
            assertThat(objects.get(0).getEntity().getTag().getValue()).isEqualTo("bright");
            assertThat(Box.of(objects.get(0).getEntity().getBox()).overlap(Box.ofPixels(200, 40, 60, 80, 320, 160)))
                    .isGreaterThan(0.85);
            ModelInferRequest request = server.nextRequest();
            assertThat(request.getModelName()).isEqualTo("yolo11n");
            assertThat(request.getInputs(0).getName()).isEqualTo("images");
            assertThat(request.getInputs(0).getDatatype()).isEqualTo("FP32");
            assertThat(request.getInputs(0).getShapeList()).containsExactly(1L, 3L, (long) SIDE, (long) SIDE);
            assertThat(request.getRawInputContents(0).size()).isEqualTo(3 * SIDE * SIDE * 4);
        }
    }

    @Test
    void aServerThatDoesNotAnswerOrRefusesCostsAFrameAndNotTheSession() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (KServeStandIn server = new KServeStandIn((request, answer) -> {
            switch (calls.incrementAndGet()) {
                case 1 -> LOG.info("this call is not answered");
                case 2 -> answer.onError(Status.NOT_FOUND.withDescription("no such model").asRuntimeException());
                default -> answer(answer, new float[] { 208, 208, 40, 40, 0.9f }, true);
            }
        }); Node node = new Node(server, Duration.ofMillis(500))) {
            byte[] frame = new byte[320 * 160 * 3];
            assertThat(node.send(frame)).as("not processed").isNull();
            assertThat(node.send(frame)).as("not processed").isNull();
            // on a busy machine an answer may be late
            await().untilAsserted(() -> assertThat(node.send(frame)).hasSize(1));
        }
    }

    @Test
    void anAnswerOfMoreThanFourMebibytesIsRefusedByTheClient() throws Exception {
        try (KServeStandIn server = new KServeStandIn((request, answer) -> answer(answer, new float[5 * 210_000], true));
             CamelContext context = new DefaultCamelContext(); ProducerTemplate template = context.createProducerTemplate()) {
            context.start();
            assertThatThrownBy(() -> template.requestBody(
                    "kserve:infer?modelName=m&target=" + server.address(), ModelInferRequest.getDefaultInstance()))
                            .isInstanceOf(CamelExecutionException.class).cause()
                            .hasMessageContaining("RESOURCE_EXHAUSTED").hasMessageContaining("4194304");
        }
    }

    /** A node and the route in one context. */
    private static final class Node implements AutoCloseable {

        private final CamelContext context = new DefaultCamelContext();
        private final ProducerTemplate template;
        private final String extension;

        Node(KServeStandIn server, Duration limit) throws Exception {
            context.addRoutes(new ModelServerRoute(
                    "127.0.0.1:0", "target=" + server.address() + "&modelName=yolo11n", limit, new Grid(SIDE, SIDE),
                    new Labels(List.of("bright"), "this test")));
            context.start();
            template = context.createProducerTemplate();
            extension = "lvagrpc:127.0.0.1:" + ((LvaGrpcConsumer) context.getRoute("model-server").getConsumer()).getPort()
                        + "?encoding=RAW&pixelFormat=RGB24";
        }

        @SuppressWarnings("unchecked")
        List<Inference> send(byte[] frame) {
            return template.requestBodyAndHeaders(extension, ByteBuffer.wrap(frame), Map.of(
                    LvaGrpcConstants.WIDTH, 320, LvaGrpcConstants.HEIGHT, frame.length / 960,
                    LvaGrpcConstants.ENCODING, "RAW", LvaGrpcConstants.PIXEL_FORMAT, "RGB24"), List.class);
        }

        @Override
        public void close() throws Exception {
            template.close();
            context.close();
        }
    }

    private static void run(
            OrtSession session, ModelInferRequest request, StreamObserver<ModelInferResponse> answer, boolean rawContents) {
        FloatBuffer input
                = request.getRawInputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        FloatBuffer copy = FloatBuffer.allocate(input.remaining()).put(input).flip();
        long[] shape = { 1, 3, SIDE, SIDE };
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), copy, shape);
             OrtSession.Result result = session.run(Map.of("images", tensor))) {
            answer(answer, ((OnnxTensor) result.get(0)).getFloatBuffer().array(), rawContents);
        } catch (OrtException e) {
            answer.onError(Status.INTERNAL.withDescription(e.getMessage()).asRuntimeException());
        }
    }

    /** An output of shape [1, 5, N]. */
    private static void answer(StreamObserver<ModelInferResponse> answer, float[] values, boolean rawContents) {
        float[] output = values.length > 5 ? values : spread(values);
        InferOutputTensor.Builder tensor = InferOutputTensor.newBuilder().setName("output0").setDatatype("FP32")
                .addAllShape(List.of(1L, 5L, output.length / 5L));
        ModelInferResponse.Builder response = ModelInferResponse.newBuilder();
        if (rawContents) {
            ByteBuffer bytes = ByteBuffer.allocate(output.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(output);
            response.addRawOutputContents(ByteString.copyFrom(bytes));
        } else {
            InferTensorContents.Builder contents = InferTensorContents.newBuilder();
            for (float value : output) {
                contents.addFp32Contents(value);
            }
            tensor.setContents(contents);
        }
        answer.onNext(response.addOutputs(tensor).build());
        answer.onCompleted();
    }

    /** One candidate among others that are none. */
    private static float[] spread(float[] candidate) {
        float[] output = new float[5 * 3549];
        for (int row = 0; row < 5; row++) {
            output[row * 3549] = candidate[row];
        }
        return output;
    }
}
