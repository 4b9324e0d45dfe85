package io.github.camellva.onnx.detect;

import java.nio.FloatBuffer;

/**
 * What a model put out for one frame.
 *
 * @param values of the output, in the order of memory
 * @param shape  of the output
 */
public record Output(Values values, long[] shape) {

    /** Numbers that need not be in the Java heap. */
    public interface Values {

        float get(int index);

        /** Copies as many as the row has. */
        void get(int index, float[] row);

        /** @param memory is counted from 0, whatever its position */
        static Values of(FloatBuffer memory) {
            return new Values() {

                @Override
                public float get(int index) {
                    return memory.get(index);
                }

                @Override
                public void get(int index, float[] row) {
                    memory.get(index, row);
                }
            };
        }
    }

    int rows() {
        return (int) shape[shape.length - 2];
    }

    int columns() {
        return (int) shape[shape.length - 1];
    }
}
