package io.github.camellva.examples.onnx.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What a model wants.
 *
 * @param name of the input
 * @param size of the pictures
 */
record ModelInput(String name, InputSize size) {

    private static final String ACCEPTED = "one of type FLOAT and shape [1, 3, height, width] is accepted";
    private static final String NOT_HALF = ", that is an export without half=True";
    private static final int CHANNELS = 3;

    static ModelInput of(OrtSession session, Map<String, String> metadata, Optional<InputSize> chosen) throws OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        if (inputs.size() != 1) {
            throw new IllegalArgumentException("it has the inputs " + inputs.keySet() + "; " + ACCEPTED);
        }
        NodeInfo input = inputs.values().iterator().next();
        String what = "its input " + input.getName() + " is ";
        if (!(input.getInfo() instanceof TensorInfo tensor)) {
            throw new IllegalArgumentException(what + "no tensor; " + ACCEPTED);
        }
        long[] shape = tensor.getShape();
        if (tensor.type != OnnxJavaType.FLOAT) {
            throw new IllegalArgumentException(
                    what + "of type " + tensor.type + "; " + ACCEPTED + (tensor.type == OnnxJavaType.FLOAT16 ? NOT_HALF : ""));
        }
        if (shape.length != 4 || shape[0] > 1 || shape[1] != CHANNELS) {
            throw new IllegalArgumentException(what + "of shape " + Arrays.toString(shape) + "; " + ACCEPTED);
        }
        return new ModelInput(input.getName(), size(shape, metadata, chosen, what));
    }

    long[] shape() {
        return new long[] { 1, CHANNELS, size.height(), size.width() };
    }

    private static InputSize size(long[] shape, Map<String, String> metadata, Optional<InputSize> chosen, String what) {
        if (shape[2] > 0 && shape[3] > 0) {
            return new InputSize(Math.toIntExact(shape[3]), Math.toIntExact(shape[2]));
        }
        return chosen.or(() -> sizeOf(metadata)).orElseThrow(() -> new IllegalArgumentException(
                what + "of any size, " + Arrays.toString(shape) + ", and the metadata has no imgsz; choose one, for instance"
                                                                                            + " -Dsize=640"));
    }

    /** As Ultralytics' exports have it: height and width. */
    private static Optional<InputSize> sizeOf(Map<String, String> metadata) {
        String imgsz = metadata.get("imgsz");
        if (imgsz == null) {
            return Optional.empty();
        }
        try {
            if (new Load(LoadSettings.builder().build()).loadFromString(imgsz) instanceof List<?> sides && sides.size() == 2
                    && sides.get(0) instanceof Integer height && sides.get(1) instanceof Integer width) {
                return Optional.of(new InputSize(width, height));
            }
        } catch (YamlEngineException e) {
            // said below
        }
        throw new IllegalArgumentException("the metadata imgsz is " + imgsz + ", and [height, width] is accepted");
    }
}
