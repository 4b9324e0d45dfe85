package io.github.camellva.onnx.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.camellva.onnx.detect.Letterbox;
import io.github.camellva.onnx.detect.Output;

/** The memory that one frame at a time needs in a model: its input, and its output where the model tells how large that is. */
final class Workspace implements AutoCloseable {

    /** What is done with an output while its memory is there. */
    interface Reader<T> {
        T read(Output output);
    }

    private final OrtSession session;
    private final InputTensor input;
    private final Map<String, OnnxTensor> inputs;
    /** Empty where a model says of its output only when it has run how large it is. */
    private final Map<String, OnnxTensor> outputs;
    private final Output output;

    /** @param input is closed with the workspace, also if there is none in the end */
    Workspace(OrtEnvironment environment, OrtSession session, String inputName, InputTensor input, String outputName,
              TensorInfo outputInfo) throws OrtException {
        this.session = session;
        this.input = input;
        try {
            this.inputs = Map.of(inputName, input.tensor());
            if (Arrays.stream(outputInfo.getShape()).allMatch(side -> side > 0)) {
                ByteBuffer memory = ByteBuffer.allocateDirect(Math.toIntExact(outputInfo.getNumElements() * outputInfo.type.size))
                        .order(ByteOrder.nativeOrder());
                this.outputs = Map.of(outputName,
                        OnnxTensor.createTensor(environment, memory, outputInfo.getShape(), outputInfo.type));
                this.output = new Output(OutputValues.of(memory, outputInfo.type), outputInfo.getShape());
            } else {
                this.outputs = Map.of();
                this.output = null;
            }
        } catch (OrtException | RuntimeException | Error e) {
            input.close();
            throw e;
        }
    }

    /** What frames are drawn into. */
    Letterbox.Canvas canvas() {
        return input.canvas();
    }

    <T> T run(Reader<T> reader) throws OrtException {
        if (!outputs.isEmpty()) {
            session.run(inputs, outputs).close();
            return reader.read(output);
        }
        try (OrtSession.Result result = session.run(inputs)) {
            OnnxTensor tensor = (OnnxTensor) result.get(0);
            return reader.read(
                    new Output(OutputValues.of(tensor.getByteBuffer(), tensor.getInfo().type), tensor.getInfo().getShape()));
        }
    }

    @Override
    public void close() {
        outputs.values().forEach(OnnxTensor::close);
        input.close();
    }
}
