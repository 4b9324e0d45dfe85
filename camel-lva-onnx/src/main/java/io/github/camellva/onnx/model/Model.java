package io.github.camellva.onnx.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.grpc.text.Printable;
import io.github.camellva.onnx.detect.Findings;
import io.github.camellva.onnx.detect.FramePixels;
import io.github.camellva.onnx.detect.Grid;
import io.github.camellva.onnx.detect.Labels;
import io.github.camellva.onnx.detect.Layout;
import io.github.camellva.onnx.detect.LayoutFinder;
import io.github.camellva.onnx.detect.Letterbox;
import io.github.camellva.onnx.detect.Output;
import io.github.camellva.onnx.detect.PixelValues;
import io.github.camellva.onnx.detect.Wanted;
import io.github.camellva.onnx.model.ModelSettings.ChannelOrder;
import io.github.camellva.proto.Inference;

/** A loaded model. Safe for use by many threads; who leaves it last after it was closed releases it. */
final class Model {

    private static final Map<String, List<Layout>> TASKS = Map.of(
            "detect", List.of(Layout.YOLOV5, Layout.YOLOV8, Layout.END_TO_END, Layout.YOLOX),
            "classify", List.of(Layout.CLASSIFICATION));

    private final ModelFile file;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelInput input;
    private final String outputName;
    private final TensorInfo outputInfo;
    private final long[] outputShape;
    private final Layout layout;
    private final Grid grid;
    private final Labels labels;
    private final Letterbox letterbox;
    private final PixelValues pixelValues;
    private final ChannelOrder channelOrder;
    /** Memory that no frame needs now; as much as frames were computed at once. */
    private final Queue<Workspace> free = new ConcurrentLinkedQueue<>();
    /** Frames that are computed, and the owner as long as it has not closed the model. */
    private final AtomicInteger users = new AtomicInteger(1);

    private Model(ModelFile file, OrtSession session, ModelSettings settings, OrtEnvironment environment)
            throws OrtException, IOException, FrameException {
        this.file = file;
        this.environment = environment;
        this.session = session;
        Map<String, String> metadata = session.getMetadata().getCustomMetadata();
        NodeInfo output = onlyOutput(session.getOutputInfo());
        this.outputName = output.getName();
        this.outputInfo = (TensorInfo) output.getInfo();
        this.input = ModelInput.of(session.getInputInfo(), metadata, settings.inputSize());
        this.outputShape = outputShape();
        this.grid = new Grid(input.size().width(), input.size().height());
        this.layout = LayoutFinder.of(settings.layout(), outputShape, grid, metadata);
        requireTask(metadata);
        this.labels = labels(settings, metadata);
        this.letterbox = new Letterbox(input.size().width(), input.size().height(), layout.fit());
        boolean yolox = layout == Layout.YOLOX;
        this.pixelValues = orElse(settings.pixelValues(), yolox ? PixelValues.LEVELS : PixelValues.UNIT);
        this.channelOrder = orElse(settings.channelOrder(), yolox ? ChannelOrder.BGR : ChannelOrder.RGB);
        warmUp();
    }

    /** @throws ModelException if it is no model, or none that can be used */
    static Model load(ModelFile file, ModelSettings settings) throws ModelException {
        OrtEnvironment environment = NativeCode.environment();
        OrtSession session = open(file, settings, environment);
        Model model = null;
        try {
            model = new Model(file, session, settings, environment);
            return model;
        } catch (OrtException | IOException | FrameException | RuntimeException e) {
            throw file.refused(e.getMessage(), e);
        } finally {
            if (model == null) {
                close(session);
            }
        }
    }

    /** To be left by {@link #leave}; false if it is closed. */
    boolean enter() {
        return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    void leave() {
        if (users.decrementAndGet() == 0) {
            free.forEach(Workspace::close);
            close(session);
        }
    }

    /** The objects in a frame, or its classes, the surest first. */
    List<Inference> detect(FramePixels frame, Wanted wanted, Findings findings, Consumer<StageTimes> times)
            throws FrameException, OrtException {
        Workspace workspace = free.poll();
        if (workspace == null) {
            workspace = workspace(pixelValues, channelOrder);
        }
        try {
            long start = System.nanoTime();
            Scaling scaling = letterbox.draw(frame, workspace.canvas());
            long drawn = System.nanoTime();
            return workspace.run(output -> {
                long done = System.nanoTime();
                List<Inference> found = findings.of(output, layout, grid, wanted, labels, scaling);
                times.accept(new StageTimes(drawn - start, done - drawn, System.nanoTime() - done));
                return found;
            });
        } finally {
            free.add(workspace);
        }
    }

    Labels labels() {
        return labels;
    }

    @Override
    public String toString() {
        String half = input.type() == OnnxJavaType.FLOAT16 ? " of half precision" : "";
        return file.name() + ", input " + input.size() + half + ", output " + Arrays.toString(outputShape) + " read as "
               + layout.description() + ", labels from " + labels.origin();
    }

    private static OrtSession open(ModelFile file, ModelSettings settings, OrtEnvironment environment) throws ModelException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(settings.threads() > 0 ? settings.threads() : Runtime.getRuntime().availableProcessors());
            // threads that wait for work sleep: the processors are also those of the route, and of other models
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            settings.provider().addTo(options, settings.device());
            return file.open(environment, options);
        } catch (OrtException | IOException e) {
            throw file.refused("it cannot be loaded as an ONNX model: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw file.refused(e.getMessage(), e);
        }
    }

    private static NodeInfo onlyOutput(Map<String, NodeInfo> outputs) {
        if (outputs.size() == 1) {
            NodeInfo output = outputs.values().iterator().next();
            if (output.getInfo() instanceof TensorInfo tensor
                    && (tensor.type == OnnxJavaType.FLOAT || tensor.type == OnnxJavaType.FLOAT16)) {
                return output;
            }
        }
        throw new IllegalArgumentException("its outputs are " + ModelInput.describe(outputs)
                                           + "; one of type FLOAT or FLOAT16 is accepted: " + Layout.accepted());
    }

    /** As the model tells, or a run with an empty picture. */
    private long[] outputShape() throws OrtException {
        try (Workspace workspace = workspace(PixelValues.UNIT, ChannelOrder.RGB)) {
            return workspace.run(Output::shape);
        }
    }

    private Workspace workspace(PixelValues values, ChannelOrder order) throws OrtException {
        return new Workspace(
                environment, session, input.name(), InputTensor.of(environment, input, values, order), outputName, outputInfo);
    }

    /** Models of other tasks can have outputs of the same shape. */
    private void requireTask(Map<String, String> metadata) {
        String task = metadata.get("task");
        if (task != null && !TASKS.getOrDefault(task, List.of()).contains(layout)) {
            throw new IllegalArgumentException("by its metadata it is a model for the task " + Printable.of(task)
                                               + (TASKS.containsKey(task) ? ", and layout is " + layout.option() : "")
                                               + "; detect and classify are accepted");
        }
    }

    private Labels labels(ModelSettings settings, Map<String, String> metadata) throws IOException {
        Labels found = file.labels(settings.labels())
                .or(() -> Optional.ofNullable(metadata.get("names")).map(Labels::ofMetadata))
                .orElseThrow(() -> new IllegalArgumentException(
                        "its classes have no labels: its metadata has no names, and there is no file " + file.name()
                                                                + ".txt beside it; name a file, or them, by the option labels"));
        layout.classes(outputShape).ifPresent(found::requireCount);
        return found;
    }

    private static <T> T orElse(T chosen, T other) {
        return chosen != null ? chosen : other;
    }

    /** The first frame need not wait for memory. */
    private void warmUp() throws OrtException, FrameException {
        detect(FramePixels.black(input.size().width(), input.size().height()), new Wanted(1, 1, 1, Set.of()),
                new Findings(null, Map.of()), times -> { });
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a model cannot be closed: " + e.getMessage(), e);
        }
    }
}
