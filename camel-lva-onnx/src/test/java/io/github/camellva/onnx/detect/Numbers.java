package io.github.camellva.onnx.detect;

/** Outputs in the Java heap. */
final class Numbers {

    private Numbers() {
    }

    static Output output(float[] values, long... shape) {
        return new Output(new Output.Values() {

            @Override
            public float get(int index) {
                return values[index];
            }

            @Override
            public void get(int index, float[] row) {
                System.arraycopy(values, index, row, 0, row.length);
            }
        }, shape);
    }
}
