package io.github.camellva.examples.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.protobuf.UnsafeByteOperations;
import inference.GrpcPredictV2.ModelInferRequest;
import inference.GrpcPredictV2.ModelInferRequest.InferInputTensor;
import inference.GrpcPredictV2.ModelInferResponse;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.onnx.IncomingFrame;
import io.github.camellva.onnx.detect.Findings;
import io.github.camellva.onnx.detect.Grid;
import io.github.camellva.onnx.detect.InputCanvas;
import io.github.camellva.onnx.detect.Labels;
import io.github.camellva.onnx.detect.Layout;
import io.github.camellva.onnx.detect.LayoutFinder;
import io.github.camellva.onnx.detect.Letterbox;
import io.github.camellva.onnx.detect.Output;
import io.github.camellva.onnx.detect.PixelValues;
import io.github.camellva.onnx.detect.Wanted;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Frames from nodes to a model server that speaks the protocol of KServe, and what its model found back to them. */
public class ModelServerRoute extends RouteBuilder {

    private static final String SCALING = "scaling";
    /** What the shape of an output does not tell, and a model of a server has no metadata for. */
    private static final Map<String, String> DETECTOR = Map.of("task", "detect");
    private static final Findings FINDINGS = new Findings(null, Map.of());
    private static final Wanted WANTED = new Wanted(0.25f, 0.45f, 100, Set.of());

    private final String address;
    private final String server;
    private final Duration limit;
    private final Grid grid;
    private final Labels labels;

    /**
     * @param address   to listen on: {@code host:port}
     * @param server    and its model: {@code target=host:port&modelName=name}
     * @param limit     of time for a frame
     * @param grid      of the size of the model's input
     * @param labels    of the model's classes
     */
    public ModelServerRoute(String address, String server, Duration limit, Grid grid, Labels labels) {
        this.address = address;
        this.server = server;
        this.limit = limit;
        this.grid = grid;
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
        ByteBuffer input = ByteBuffer.allocate(3 * grid.width() * grid.height() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        InputCanvas canvas = InputCanvas.of(input.asFloatBuffer(), grid.width(), grid.height(), PixelValues.UNIT, 0, 1, 2);
        Letterbox letterbox = new Letterbox(grid.width(), grid.height(), Letterbox.Fit.PAD);
        exchange.setProperty(SCALING, letterbox.draw(IncomingFrame.of(exchange.getMessage()), canvas));
        exchange.getMessage().setBody(ModelInferRequest.newBuilder()
                .addInputs(InferInputTensor.newBuilder()
                        .setName("images").setDatatype("FP32")
                        .addAllShape(List.of(1L, 3L, (long) grid.height(), (long) grid.width())))
                // no copy, since the buffer is this frame's own
                .addRawInputContents(UnsafeByteOperations.unsafeWrap(input))
                .build());
    }

    private void answer(Exchange exchange) {
        ModelInferResponse response = exchange.getMessage().getBody(ModelInferResponse.class);
        long[] shape = response.getOutputs(0).getShapeList().stream().mapToLong(Long::longValue).toArray();
        Layout layout = LayoutFinder.of(null, shape, grid, DETECTOR);
        layout.classes(shape).ifPresent(labels::requireCount);
        exchange.getMessage().setBody(FINDINGS.of(
                new Output(values(response), shape), layout, grid, WANTED, labels, exchange.getProperty(SCALING, Scaling.class)));
    }

    /** Servers answer with bytes, as they were asked; the protocol also has lists of numbers. */
    private static Output.Values values(ModelInferResponse response) {
        if (response.getRawOutputContentsCount() == 0) {
            List<Float> list = response.getOutputs(0).getContents().getFp32ContentsList();
            FloatBuffer values = FloatBuffer.allocate(list.size());
            list.forEach(values::put);
            return Output.Values.of(values);
        }
        ByteBuffer bytes = response.getRawOutputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return Output.Values.of(bytes.asFloatBuffer());
    }
}
