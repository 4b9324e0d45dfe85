package io.github.camellva.onnx.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import io.github.camellva.onnx.detect.Letterbox;

/** The input of one frame at a time: memory outside of the heap that frames are drawn into, and that the model reads. */
abstract class InputTensor implements Letterbox.Canvas, AutoCloseable {

    private final int[] planes;
    private final OnnxTensor tensor;

    private InputTensor(OrtEnvironment environment, ByteBuffer memory, ModelInput input, int[] planes) throws OrtException {
        this.planes = planes;
        // refers to the memory and copies nothing, so that it serves every frame
        this.tensor = OnnxTensor.createTensor(environment, memory, input.shape(), input.type());
    }

    /** @param pixels what the model takes for each level of each component, and where it takes which component */
    static InputTensor of(OrtEnvironment environment, ModelInput input, Pixels pixels) throws OrtException {
        return input.type() == OnnxJavaType.FLOAT16
                ? new Halves(environment, memory(input, Short.BYTES), input, pixels)
                : new Floats(environment, memory(input, Float.BYTES), input, pixels);
    }

    /** Numbers for levels, by component, red first; and which plane of the input red, green and blue are. */
    record Pixels(float[][] table, int[] planes) {
    }

    OnnxTensor tensor() {
        return tensor;
    }

    @Override
    public void close() {
        tensor.close();
    }

    /** Where in the memory the pixel is. */
    int index(int component, int at, int pixels) {
        return planes[component] * pixels + at;
    }

    private static ByteBuffer memory(ModelInput input, int bytes) {
        return ByteBuffer.allocateDirect(Letterbox.COMPONENTS * input.size().width() * input.size().height() * bytes)
                .order(ByteOrder.nativeOrder());
    }

    private static final class Floats extends InputTensor {

        private final FloatBuffer memory;
        private final float[][] table;
        private final float[] row;
        private final int pixels;

        Floats(OrtEnvironment environment, ByteBuffer memory, ModelInput input, Pixels pixels) throws OrtException {
            super(environment, memory, input, pixels.planes());
            this.memory = memory.asFloatBuffer();
            this.table = pixels.table();
            this.row = new float[input.size().width()];
            this.pixels = input.size().width() * input.size().height();
        }

        @Override
        public void draw(int component, int at, byte[] levels, int offset, int step, int count) {
            float[] values = table[component];
            for (int i = 0, from = offset; i < count; i++, from += step) {
                row[i] = values[levels[from] & 0xFF];
            }
            memory.put(index(component, at, pixels), row, 0, count);
        }

        @Override
        public void fill(int at, int count, int level) {
            for (int component = 0; component < table.length; component++) {
                Arrays.fill(row, table[component][level]);
                for (int done = 0; done < count; done += row.length) {
                    memory.put(index(component, at + done, pixels), row, 0, Math.min(row.length, count - done));
                }
            }
        }
    }

    private static final class Halves extends InputTensor {

        private final ShortBuffer memory;
        private final short[][] table;
        private final short[] row;
        private final int pixels;

        Halves(OrtEnvironment environment, ByteBuffer memory, ModelInput input, Pixels pixels) throws OrtException {
            super(environment, memory, input, pixels.planes());
            this.memory = memory.asShortBuffer();
            this.table = halves(pixels.table());
            this.row = new short[input.size().width()];
            this.pixels = input.size().width() * input.size().height();
        }

        @Override
        public void draw(int component, int at, byte[] levels, int offset, int step, int count) {
            short[] values = table[component];
            for (int i = 0, from = offset; i < count; i++, from += step) {
                row[i] = values[levels[from] & 0xFF];
            }
            memory.put(index(component, at, pixels), row, 0, count);
        }

        @Override
        public void fill(int at, int count, int level) {
            for (int component = 0; component < table.length; component++) {
                Arrays.fill(row, table[component][level]);
                for (int done = 0; done < count; done += row.length) {
                    memory.put(index(component, at + done, pixels), row, 0, Math.min(row.length, count - done));
                }
            }
        }

        private static short[][] halves(float[][] table) {
            short[][] halves = new short[table.length][table[0].length];
            for (int component = 0; component < table.length; component++) {
                for (int level = 0; level < table[component].length; level++) {
                    halves[component][level] = Fp16Conversions.floatToFp16(table[component][level]);
                }
            }
            return halves;
        }
    }
}
