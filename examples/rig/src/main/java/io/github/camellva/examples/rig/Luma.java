package io.github.camellva.examples.rig;

import java.nio.ByteBuffer;

/**
 * How bright every pixel of a picture is.
 *
 * @param values 0 to 255, row by row without padding
 * @param mean   of all values
 */
record Luma(int width, int height, byte[] values, double mean) {

    // the shares of the primary colours in brightness, in 256ths (ITU-R BT.601)
    private static final int RED = 77;
    private static final int GREEN = 150;
    private static final int BLUE = 29;

    /**
     * Of a frame of bare pixels.
     *
     * @throws IllegalArgumentException if the pixel format is none of those that are read here
     */
    static Luma of(ByteBuffer frame, String pixelFormat, int width, int height, int strideBytes) {
        return switch (pixelFormat) {
            case "BGR24" -> of(frame, BLUE, RED, width, height, strideBytes);
            case "RGB24" -> of(frame, RED, BLUE, width, height, strideBytes);
            default -> throw new IllegalArgumentException(
                    "the pixel format of the frame is " + pixelFormat + "; RAW frames of BGR24 and RGB24 are accepted");
        };
    }

    private static Luma of(ByteBuffer frame, int first, int third, int width, int height, int strideBytes) {
        byte[] values = new byte[width * height];
        byte[] row = new byte[width * 3];
        long sum = 0;
        int at = 0;
        for (int y = 0; y < height; y++) {
            frame.get(y * strideBytes, row);
            for (int i = 0; i < row.length; i += 3) {
                int value = (first * (row[i] & 0xFF) + GREEN * (row[i + 1] & 0xFF) + third * (row[i + 2] & 0xFF)) >> 8;
                values[at++] = (byte) value;
                sum += value;
            }
        }
        return new Luma(width, height, values, (double) sum / values.length);
    }
}
