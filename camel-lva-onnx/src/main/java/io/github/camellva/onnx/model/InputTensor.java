package io.github.camellva.onnx.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import io.github.camellva.onnx.detect.InputCanvas;
import io.github.camellva.onnx.detect.Letterbox;
import io.github.camellva.onnx.detect.PixelValues;
import io.github.camellva.onnx.model.ModelSettings.ChannelOrder;

/**
 * The input of one frame at a time: memory outside of the heap that frames are drawn into, and that the model reads.
 *
 * @param canvas over the memory
 * @param tensor over the same
 */
record InputTensor(Letterbox.Canvas canvas, OnnxTensor tensor) implements AutoCloseable {

    static InputTensor of(OrtEnvironment environment, ModelInput input, PixelValues values, ChannelOrder order)
            throws OrtException {
        int width = input.size().width();
        int height = input.size().height();
        int[] planes = order == ChannelOrder.RGB ? new int[] { 0, 1, 2 } : new int[] { 2, 1, 0 };
        ByteBuffer memory = ByteBuffer.allocateDirect(Letterbox.COMPONENTS * width * height * input.type().size)
                .order(ByteOrder.nativeOrder());
        InputCanvas canvas = input.type() == OnnxJavaType.FLOAT16
                ? InputCanvas.of(memory.asShortBuffer(), Fp16Conversions::floatToFp16, width, height, values, planes)
                : InputCanvas.of(memory.asFloatBuffer(), width, height, values, planes);
        // refers to the memory and copies nothing, so that it serves every frame
        return new InputTensor(canvas, OnnxTensor.createTensor(environment, memory, input.shape(), input.type()));
    }

    @Override
    public void close() {
        tensor.close();
    }
}
