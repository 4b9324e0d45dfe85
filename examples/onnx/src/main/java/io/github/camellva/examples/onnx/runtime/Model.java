package io.github.camellva.examples.onnx.runtime;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.camellva.examples.onnx.yolo.Detections;
import io.github.camellva.examples.onnx.yolo.FramePixels;
import io.github.camellva.examples.onnx.yolo.Labels;
import io.github.camellva.examples.onnx.yolo.Letterbox;
import io.github.camellva.examples.onnx.yolo.OutputLayout;
import io.github.camellva.examples.onnx.yolo.Thresholds;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.proto.Inference;

/** A loaded model. Safe for use by many threads, until it is closed. */
public final class Model implements AutoCloseable {

    private final ModelFile file;
    private final OrtSession session;
    private final ModelInput input;
    private final Letterbox letterbox;
    private final Workspaces workspaces;
    private final long[] outputShape;
    private final OutputLayout layout;
    private final Labels labels;
    private final StageTimes times = new StageTimes();

    private Model(ModelFile file, OrtSession session, ModelSettings settings, OrtEnvironment environment)
            throws OrtException, IOException, InterruptedException {
        this.file = file;
        this.session = session;
        Map<String, String> metadata = session.getMetadata().getCustomMetadata();
        requireDetection(metadata);
        requireOneOutput(session.getOutputInfo());
        this.input = ModelInput.of(session, metadata, settings.inputSize());
        this.letterbox = new Letterbox(input.size().width(), input.size().height());
        this.workspaces = new Workspaces(environment, settings.parallel(), letterbox.size(), input.shape());
        try {
            this.outputShape = outputShape();
            this.layout = OutputLayout.of(outputShape, input.size().width(), input.size().height());
            this.labels = labels(metadata);
            layout.classes(outputShape).ifPresent(labels::requireCount);
        } catch (OrtException | IOException | InterruptedException | RuntimeException e) {
            workspaces.close();
            throw e;
        }
    }

    /** @throws ModelException if it is no model, or none that can be used */
    public static Model load(ModelFile file, ModelSettings settings) throws ModelException, InterruptedException {
        if (!Files.isReadable(file.file())) {
            throw file.refused("there is no such file that can be read");
        }
        OrtEnvironment environment = NativeCode.environment();
        OrtSession session = open(file, settings, environment);
        try {
            return new Model(file, session, settings, environment);
        } catch (OrtException | IOException | InterruptedException | RuntimeException e) {
            close(session);
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw file.refused(e.getMessage(), e);
        }
    }

    public String name() {
        return file.name();
    }

    public StageTimes times() {
        return times;
    }

    /** The objects in a frame, the surest first. */
    public List<Inference> detect(FramePixels frame, Thresholds thresholds)
            throws FrameException, OrtException, InterruptedException {
        Workspace workspace = workspaces.take();
        long start = System.nanoTime();
        Scaling scaling;
        long drawn;
        Output output;
        try {
            scaling = letterbox.draw(frame, workspace.pixels());
            drawn = System.nanoTime();
            output = run(workspace);
        } finally {
            workspaces.giveBack(workspace);
        }
        long done = System.nanoTime();
        List<Inference> objects = Detections.of(output.values(), output.shape(), layout, thresholds, labels, scaling);
        times.add(drawn - start, done - drawn, System.nanoTime() - done);
        return objects;
    }

    /** Waits for frames that are being computed. */
    @Override
    public void close() {
        workspaces.close();
        close(session);
    }

    @Override
    public String toString() {
        return file.name() + ", input " + input.size() + ", output " + Arrays.toString(outputShape) + " read as " + layout
               + ", labels from " + labels.origin();
    }

    private record Output(float[] values, long[] shape) {
    }

    private Output run(Workspace workspace) throws OrtException {
        try (OrtSession.Result result = session.run(Map.of(input.name(), workspace.tensor()))) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            return new Output(output.getFloatBuffer().array(), output.getInfo().getShape());
        }
    }

    /** By a run with an empty picture: the model may leave it open until then, and the first frame need not wait for memory. */
    private long[] outputShape() throws OrtException, InterruptedException {
        Workspace workspace = workspaces.take();
        try {
            return run(workspace).shape();
        } finally {
            workspaces.giveBack(workspace);
        }
    }

    private static OrtSession open(ModelFile file, ModelSettings settings, OrtEnvironment environment) throws ModelException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(settings.threads());
            // threads that wait for work sleep: the processors are also those of the route, and of other models
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return environment.createSession(file.file().toString(), options);
        } catch (OrtException e) {
            throw file.refused("it cannot be loaded as an ONNX model: " + e.getMessage(), e);
        }
    }

    /** Models of other tasks can have outputs of the same shape. */
    private static void requireDetection(Map<String, String> metadata) {
        String task = metadata.getOrDefault("task", "detect");
        if (!task.equals("detect")) {
            throw new IllegalArgumentException("by its metadata it is a model for the task " + task + "; detect is accepted");
        }
    }

    private static void requireOneOutput(Map<String, NodeInfo> outputs) {
        if (outputs.size() == 1 && outputs.values().iterator().next().getInfo() instanceof TensorInfo tensor
                && tensor.type == OnnxJavaType.FLOAT) {
            return;
        }
        throw new IllegalArgumentException(
                "it has the outputs " + outputs.values().stream().map(Model::describe).toList()
                                           + "; one of type FLOAT is accepted: " + OutputLayout.accepted());
    }

    private static String describe(NodeInfo output) {
        return output.getName() + (output.getInfo() instanceof TensorInfo tensor
                ? " " + tensor.type + " " + Arrays.toString(tensor.getShape())
                : " that is no tensor");
    }

    private Labels labels(Map<String, String> metadata) throws IOException {
        if (file.labels().isPresent()) {
            try {
                return Labels.ofFile(file.labels().get());
            } catch (MalformedInputException e) {
                throw new IllegalArgumentException("its labels in " + file.labels().get() + " are no UTF-8 text", e);
            }
        }
        if (metadata.containsKey("names")) {
            return Labels.ofMetadata(metadata.get("names"));
        }
        throw new IllegalArgumentException(
                "its classes have no labels: its metadata has no names, and there is no file " + file.name()
                                           + ".txt beside it; write one, with a label in each line");
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a model cannot be closed: " + e.getMessage(), e);
        }
    }
}
