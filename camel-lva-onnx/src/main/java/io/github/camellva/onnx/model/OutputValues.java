package io.github.camellva.onnx.model;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.platform.Fp16Conversions;
import io.github.camellva.onnx.detect.Output;

/** The numbers of an output, as they lie in memory. */
final class OutputValues {

    private OutputValues() {
    }

    static Output.Values of(ByteBuffer memory, OnnxJavaType type) {
        return type == OnnxJavaType.FLOAT16 ? new Halves(memory.asShortBuffer()) : Output.Values.of(memory.asFloatBuffer());
    }

    private record Halves(ShortBuffer memory) implements Output.Values {

        @Override
        public float get(int index) {
            return Fp16Conversions.fp16ToFloat(memory.get(index));
        }

        @Override
        public void get(int index, float[] row) {
            for (int i = 0; i < row.length; i++) {
                row[i] = get(index + i);
            }
        }
    }
}
