package io.github.camellva.examples.onnx.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;

/** The input of one frame at a time: memory outside of the heap that frames are drawn into, and that the model reads. */
final class Workspace implements AutoCloseable {

    private final FloatBuffer pixels;
    private final OnnxTensor tensor;

    Workspace(OrtEnvironment environment, int floats, long[] shape) throws OrtException {
        pixels = ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
        // refers to the buffer and copies nothing, so that it serves every frame
        tensor = OnnxTensor.createTensor(environment, pixels, shape);
    }

    FloatBuffer pixels() {
        return pixels;
    }

    OnnxTensor tensor() {
        return tensor;
    }

    @Override
    public void close() {
        tensor.close();
    }
}
