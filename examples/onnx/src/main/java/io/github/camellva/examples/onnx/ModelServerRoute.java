package io.github.camellva.examples.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;

import com.google.protobuf.UnsafeByteOperations;
import inference.GrpcPredictV2.ModelInferRequest;
import inference.GrpcPredictV2.ModelInferRequest.InferInputTensor;
import inference.GrpcPredictV2.ModelInferResponse;
import io.github.camellva.examples.onnx.yolo.Detections;
import io.github.camellva.examples.onnx.yolo.FramePixels;
import io.github.camellva.examples.onnx.yolo.Labels;
import io.github.camellva.examples.onnx.yolo.Letterbox;
import io.github.camellva.examples.onnx.yolo.OutputLayout;
import io.github.camellva.examples.onnx.yolo.Thresholds;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.Scaling;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Frames from nodes to a model server that speaks the protocol of KServe, and what its model found back to them. */
public class ModelServerRoute extends RouteBuilder {

    private static final String SCALING = "scaling";

    private final String address;
    private final String server;
    private final Duration limit;
    private final Letterbox letterbox;
    private final Labels labels;

    /**
     * @param address   to listen on: {@code host:port}
     * @param server    and its model: {@code target=host:port&modelName=name}
     * @param limit     of time for a frame
     * @param letterbox of the size of the model's input
     * @param labels    of the model's classes
     */
    public ModelServerRoute(String address, String server, Duration limit, Letterbox letterbox, Labels labels) {
        this.address = address;
        this.server = server;
        this.limit = limit;
        this.letterbox = letterbox;
        this.labels = labels;
    }

    @Override
    public void configure() {
        // camel-kserve waits for a server as long as that takes; the policy is what ends a call
        Deadline deadline = new Deadline(
                limit, getContext().getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "Deadline"));
        // a frame that fails is answered without inferences; the consumer logs why, in one line and not for every frame
        errorHandler(noErrorHandler());
        from("lvagrpc:" + address + "?maxInFlight=4&overflow=skip").routeId("model-server")
                .process(this::ask)
                .policy(deadline)
                    .to("kserve:infer?" + server)
                .end()
                .process(this::answer);
    }

    private void ask(Exchange exchange) throws FrameException {
        ByteBuffer input = ByteBuffer.allocate(letterbox.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Scaling scaling = letterbox.draw(FramePixels.of(exchange.getMessage()), input.asFloatBuffer());
        exchange.setProperty(SCALING, scaling);
        exchange.getMessage().setBody(ModelInferRequest.newBuilder()
                .addInputs(InferInputTensor.newBuilder()
                        .setName("images").setDatatype("FP32")
                        .addAllShape(List.of(1L, 3L, (long) letterbox.height(), (long) letterbox.width())))
                // no copy, since the buffer is this frame's own
                .addRawInputContents(UnsafeByteOperations.unsafeWrap(input))
                .build());
    }

    private void answer(Exchange exchange) {
        ModelInferResponse response = exchange.getMessage().getBody(ModelInferResponse.class);
        long[] shape = response.getOutputs(0).getShapeList().stream().mapToLong(Long::longValue).toArray();
        OutputLayout layout = OutputLayout.of(shape, letterbox.width(), letterbox.height());
        layout.classes(shape).ifPresent(labels::requireCount);
        exchange.getMessage().setBody(Detections.of(
                values(response), shape, layout, Thresholds.DEFAULT, labels, exchange.getProperty(SCALING, Scaling.class)));
    }

    /** Servers answer with bytes, as they were asked; the protocol also has lists of numbers. */
    private static float[] values(ModelInferResponse response) {
        if (response.getRawOutputContentsCount() == 0) {
            List<Float> list = response.getOutputs(0).getContents().getFp32ContentsList();
            float[] values = new float[list.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = list.get(i);
            }
            return values;
        }
        ByteBuffer bytes = response.getRawOutputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
