package io.github.camellva.examples.onnx;

import java.nio.file.Path;
import java.util.List;

import ai.onnxruntime.OrtException;
import io.github.camellva.examples.onnx.runtime.Model;
import io.github.camellva.examples.onnx.runtime.ModelException;
import io.github.camellva.examples.onnx.runtime.ModelSettings;
import io.github.camellva.examples.onnx.runtime.Models;
import io.github.camellva.examples.onnx.yolo.FramePixels;
import io.github.camellva.examples.onnx.yolo.Thresholds;
import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.proto.Inference;
import org.apache.camel.Message;

/** Finds objects in frames, with the model that the node asks for. For any number of sessions and threads. */
public final class ObjectDetector implements AutoCloseable {

    private final Models models;
    private final Thresholds thresholds;

    /** @param thresholds for nodes that do not say otherwise */
    public ObjectDetector(Models models, Thresholds thresholds) {
        this.models = models;
        this.thresholds = thresholds;
    }

    /** With all models of a directory. */
    public static ObjectDetector ofDirectory(String directory) throws ModelException, InterruptedException {
        return new ObjectDetector(
                Models.load(Models.filesIn(Path.of(directory)), ModelSettings.DEFAULT), Thresholds.DEFAULT);
    }

    /** An entity for each object, the surest first. */
    public List<Inference> detect(Message frame) throws FrameException, OrtException, InterruptedException {
        Choice choice = Choice.of(frame.getHeader(LvaGrpcConstants.EXTENSION_CONFIGURATION, String.class));
        Model model = models.get(choice.model());
        return model.detect(FramePixels.of(frame), choice.confidence().map(thresholds::withConfidence).orElse(thresholds));
    }

    @Override
    public void close() {
        models.close();
    }

    boolean isClosed() {
        return models.all().isEmpty();
    }
}
