package io.github.camellva.onnx.detect;

import java.nio.FloatBuffer;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BoxesTest {

    private static final boolean[] BOTH = { true, true };

    @Test
    void confidenceWithObjectnessIsTheProductOfBoth() {
        float[] values = new float[7 * 100];
        System.arraycopy(new float[] { 20, 30, 10, 20, 0.8f, 0.1f, 0.5f }, 0, values, 7 * 3, 7);
        Output output = new Output(Output.Values.of(FloatBuffer.wrap(values)), new long[] { 1, 100, 7 });
        assertThat(Boxes.withObjectness(output, Boxes.Decoding.NONE, 0.3f, BOTH)).containsExactly(new Candidate(15, 20, 25, 40, 1, 0.4f));
        assertThat(Boxes.withObjectness(output, Boxes.Decoding.NONE, 0.41f, BOTH)).isEmpty();
        assertThat(Boxes.withObjectness(output, Boxes.Decoding.NONE, 0.3f, new boolean[] { true, false })).isEmpty();
    }

    @Test
    void theBestClassOfAColumnCounts() {
        float[] values = new float[7 * 100];
        float[] column = { 20, 30, 10, 20, 0.2f, 0.7f, 0.6f };
        for (int row = 0; row < column.length; row++) {
            values[row * 100 + 42] = column[row];
        }
        Output output = new Output(Output.Values.of(FloatBuffer.wrap(values)), new long[] { 1, 7, 100 });
        assertThat(Boxes.inColumns(output, 0.5f, new boolean[] { true, true, true }))
                .containsExactly(new Candidate(15, 20, 25, 40, 1, 0.7f));
        assertThat(Boxes.inColumns(output, 0.71f, new boolean[] { true, true, true })).isEmpty();
        assertThat(Boxes.inColumns(output, 0.5f, new boolean[] { true, false, true })).as("of another class than the best").isEmpty();
    }

    @Test
    void yoloxCountsFromItsCells() {
        // an input of 64 x 64 has 8 x 8, 4 x 4 and 2 x 2 cells; the last but one of them is the left one in the bottom row
        float[] values = new float[6 * 84];
        System.arraycopy(new float[] { 0.25f, 0.5f, 0, (float) Math.log(0.5), 0.9f, 1 }, 0, values, 6 * 82, 6);
        assertThat(Boxes.withObjectness(
                new Output(Output.Values.of(FloatBuffer.wrap(values)), new long[] { 1, 84, 6 }), Boxes.Decoding.of(new Grid(64, 64), 84), 0.5f, new boolean[] { true }))
                        .containsExactly(Candidate.centred(8, 48, 32, 16, 0, 0.9f));
        assertThatThrownBy(() -> Boxes.Decoding.of(new Grid(64, 64), 86))
                .hasMessage("its output has 86 rows, and an input of 64x64 has another number of cells");
    }

    @Test
    void cornersAreTakenAsTheyAre() {
        float[] values = new float[6 * 100];
        System.arraycopy(new float[] { 15, 20, 25, 40, 0.7f, 3 }, 0, values, 0, 6);
        assertThat(Boxes.endToEnd(new Output(Output.Values.of(FloatBuffer.wrap(values)), new long[] { 1, 100, 6 }), 0.5f, new boolean[] { true, true, true, true }))
                .containsExactly(new Candidate(15, 20, 25, 40, 3, 0.7f));
    }

    @Test
    void whatIsNoNumberIsNoCandidate() {
        float[] values = new float[7 * 100];
        Arrays.fill(values, Float.NaN);
        assertThat(Boxes.withObjectness(new Output(Output.Values.of(FloatBuffer.wrap(values)), new long[] { 1, 100, 7 }), Boxes.Decoding.NONE, 0.1f, BOTH)).isEmpty();
        assertThat(Boxes.inColumns(new Output(Output.Values.of(FloatBuffer.wrap(values)), new long[] { 1, 7, 100 }), 0.1f, new boolean[] { true, true, true })).isEmpty();
    }
}
