package io.github.camellva.onnx.detect;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

/** Draws into a model's input in memory: numbers of one type, all of one component, then all of the next. For one thread at a time. */
public abstract class InputCanvas implements Letterbox.Canvas {

    private final int pixels;
    private final int[] planes;

    private InputCanvas(int width, int height, int[] planes) {
        this.pixels = width * height;
        this.planes = planes;
    }

    /**
     * Of single precision.
     *
     * @param planes which plane of the input red, green and blue are: 0, 1, 2 for RGB, and 2, 1, 0 for BGR
     */
    public static InputCanvas of(FloatBuffer memory, int width, int height, PixelValues values, int... planes) {
        return new Floats(memory, width, height, values, planes);
    }

    /**
     * Of half precision.
     *
     * @param toHalf its bits for a number
     */
    public static InputCanvas of(
            ShortBuffer memory, HalfPrecision toHalf, int width, int height, PixelValues values, int... planes) {
        return new Halves(memory, toHalf, width, height, values, planes);
    }

    /** Makes numbers of half precision. */
    @FunctionalInterface
    public interface HalfPrecision {
        short of(float value);
    }

    @Override
    public void draw(int component, int at, byte[] levels, int offset, int step, int count) {
        put(component, index(component, at), levels, offset, step, count);
    }

    @Override
    public void fill(int at, int count, int level) {
        for (int component = 0; component < Letterbox.COMPONENTS; component++) {
            fill(component, index(component, at), count, level);
        }
    }

    abstract void put(int component, int index, byte[] levels, int offset, int step, int count);

    abstract void fill(int component, int index, int count, int level);

    private int index(int component, int at) {
        return planes[component] * pixels + at;
    }

    private static final class Floats extends InputCanvas {

        private final FloatBuffer memory;
        private final float[][] table = new float[Letterbox.COMPONENTS][256];
        private final float[] row;

        Floats(FloatBuffer memory, int width, int height, PixelValues values, int[] planes) {
            super(width, height, planes);
            this.memory = memory;
            this.row = new float[width];
            for (int component = 0; component < table.length; component++) {
                for (int level = 0; level < table[component].length; level++) {
                    table[component][level] = values.of(component, level);
                }
            }
        }

        @Override
        void put(int component, int index, byte[] levels, int offset, int step, int count) {
            float[] values = table[component];
            for (int i = 0, from = offset; i < count; i++, from += step) {
                row[i] = values[levels[from] & 0xFF];
            }
            memory.put(index, row, 0, count);
        }

        @Override
        void fill(int component, int index, int count, int level) {
            Arrays.fill(row, table[component][level]);
            for (int done = 0; done < count; done += row.length) {
                memory.put(index + done, row, 0, Math.min(row.length, count - done));
            }
        }
    }

    private static final class Halves extends InputCanvas {

        private final ShortBuffer memory;
        private final short[][] table = new short[Letterbox.COMPONENTS][256];
        private final short[] row;

        Halves(ShortBuffer memory, HalfPrecision toHalf, int width, int height, PixelValues values, int[] planes) {
            super(width, height, planes);
            this.memory = memory;
            this.row = new short[width];
            for (int component = 0; component < table.length; component++) {
                for (int level = 0; level < table[component].length; level++) {
                    table[component][level] = toHalf.of(values.of(component, level));
                }
            }
        }

        @Override
        void put(int component, int index, byte[] levels, int offset, int step, int count) {
            short[] values = table[component];
            for (int i = 0, from = offset; i < count; i++, from += step) {
                row[i] = values[levels[from] & 0xFF];
            }
            memory.put(index, row, 0, count);
        }

        @Override
        void fill(int component, int index, int count, int level) {
            Arrays.fill(row, table[component][level]);
            for (int done = 0; done < count; done += row.length) {
                memory.put(index + done, row, 0, Math.min(row.length, count - done));
            }
        }
    }
}
