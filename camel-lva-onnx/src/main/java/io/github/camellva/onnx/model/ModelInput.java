package io.github.camellva.onnx.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.github.camellva.grpc.text.Printable;
import io.github.camellva.onnx.detect.Letterbox;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What a model wants.
 *
 * @param name of the input
 * @param type FLOAT or FLOAT16
 * @param size of the pictures
 */
record ModelInput(String name, OnnxJavaType type, InputSize size) {

    private static final String ACCEPTED = "one input of type FLOAT or FLOAT16 and shape [1, 3, height, width] is accepted";

    static ModelInput of(Map<String, NodeInfo> inputs, Map<String, String> metadata, @Nullable InputSize chosen) {
        if (inputs.size() == 1) {
            NodeInfo input = inputs.values().iterator().next();
            if (input.getInfo() instanceof TensorInfo tensor && isPicture(tensor.getShape())
                    && (tensor.type == OnnxJavaType.FLOAT || tensor.type == OnnxJavaType.FLOAT16)) {
                return new ModelInput(input.getName(), tensor.type, size(tensor.getShape(), metadata, chosen));
            }
        }
        throw new IllegalArgumentException("its inputs are " + describe(inputs) + "; " + ACCEPTED);
    }

    /** Inputs or outputs, for people. */
    static List<String> describe(Map<String, NodeInfo> nodes) {
        return nodes.values().stream().map(node -> Printable.of(node.getName()) + (node.getInfo() instanceof TensorInfo tensor
                ? " " + tensor.type + " " + Arrays.toString(tensor.getShape())
                : " that is no tensor")).toList();
    }

    long[] shape() {
        return new long[] { 1, Letterbox.COMPONENTS, size.height(), size.width() };
    }

    private static boolean isPicture(long[] shape) {
        return shape.length == 4 && shape[0] <= 1 && (shape[1] == Letterbox.COMPONENTS || shape[1] < 0);
    }

    private static InputSize size(long[] shape, Map<String, String> metadata, @Nullable InputSize chosen) {
        if (shape[2] > 0 && shape[3] > 0) {
            InputSize fixed = new InputSize(Math.toIntExact(shape[3]), Math.toIntExact(shape[2]));
            if (chosen != null && !chosen.equals(fixed)) {
                throw new IllegalArgumentException("inputSize is " + chosen + ", and its input is always " + fixed);
            }
            return fixed;
        }
        if (chosen != null) {
            return chosen;
        }
        if (metadata.containsKey("imgsz")) {
            return sizeOf(metadata.get("imgsz"));
        }
        throw new IllegalArgumentException("its input is of any size, " + Arrays.toString(shape)
                                           + ", and its metadata has no imgsz; choose one, for instance inputSize=640");
    }

    /** As Ultralytics' exports have it: height and width. */
    private static InputSize sizeOf(String imgsz) {
        try {
            if (new Load(LoadSettings.builder().build()).loadFromString(imgsz) instanceof List<?> sides && sides.size() == 2
                    && sides.get(0) instanceof Integer height && sides.get(1) instanceof Integer width) {
                return new InputSize(width, height);
            }
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("its metadata imgsz is " + Printable.of(imgsz) + "; [height, width] is accepted", e);
        }
        throw new IllegalArgumentException("its metadata imgsz is " + Printable.of(imgsz) + "; [height, width] is accepted");
    }
}
