package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Converts between RGB and YUV420P by the matrix of BT.601 in limited range (Y 16 to 235, U and V 16 to 240). A chroma sample
 * is the mean of the up to four pixels that it covers, and repeats for each of them on the way back.
 */
final class Yuv420p {

    /** Fractional bits of the factors below. */
    private static final int BITS = 16;

    // luma weights 0.299, 0.587 and 0.114, scaled to 219 steps of luma and 224 of chroma; the weights of U sum to 0, and so do
    // those of V, since grey has no chroma
    private static final int Y_RED = 16829;
    private static final int Y_GREEN = 33039;
    private static final int Y_BLUE = 6416;
    private static final int U_RED = -9714;
    private static final int U_GREEN = -19070;
    private static final int U_BLUE = 28784;
    private static final int V_RED = 28784;
    private static final int V_GREEN = -24103;
    private static final int V_BLUE = -4681;

    // the inverse
    private static final int LUMA = 76309;
    private static final int RED_V = 104597;
    private static final int GREEN_U = -25675;
    private static final int GREEN_V = -53279;
    private static final int BLUE_U = 132201;

    private static final int BLACK = 16;
    private static final int NO_CHROMA = 128;

    private Yuv420p() {
    }

    /** Writes a whole frame that begins at the buffer's position. */
    static void write(PixelRows rows, SampleFormat format, ByteBuffer frame) {
        List<Plane> planes = Plane.of(format);
        byte[] luma = new byte[planes.get(0).rowBytes()];
        byte[] u = new byte[planes.get(1).rowBytes()];
        byte[] v = new byte[planes.get(2).rowBytes()];
        int[] upper = new int[evenWidth(format)];
        int[] lower = new int[evenWidth(format)];
        for (int y = 0; y < format.height(); y += 2) {
            boolean last = y + 1 == format.height();
            readEven(rows, y, upper, format.width());
            // an odd row at the edge counts twice, as an odd column does
            readEven(rows, last ? y : y + 1, lower, format.width());
            toLuma(upper, luma);
            frame.put(frame.position() + planes.get(0).row(y), luma);
            if (!last) {
                toLuma(lower, luma);
                frame.put(frame.position() + planes.get(0).row(y + 1), luma);
            }
            toChroma(upper, lower, u, v);
            frame.put(frame.position() + planes.get(1).row(y / 2), u);
            frame.put(frame.position() + planes.get(2).row(y / 2), v);
        }
    }

    /** Rows of a frame that begins at the buffer's position. */
    static PixelRows rows(ByteBuffer frame, SampleFormat format) {
        List<Plane> planes = Plane.of(format);
        byte[] luma = new byte[planes.get(0).rowBytes()];
        byte[] u = new byte[planes.get(1).rowBytes()];
        byte[] v = new byte[planes.get(2).rowBytes()];
        return (y, row) -> {
            frame.get(frame.position() + planes.get(0).row(y), luma);
            frame.get(frame.position() + planes.get(1).row(y / 2), u);
            frame.get(frame.position() + planes.get(2).row(y / 2), v);
            for (int x = 0; x < luma.length; x++) {
                row[x] = pixel(luma[x] & 0xff, u[x / 2] & 0xff, v[x / 2] & 0xff, 0);
            }
        };
    }

    /**
     * Rows of planes that all have the size of the picture.
     *
     * @param planes luma, U and V
     */
    static PixelRows rows(List<Resampler> planes, int width) {
        int[] luma = new int[width];
        int[] u = new int[width];
        int[] v = new int[width];
        return (y, row) -> {
            planes.get(0).readFine(y, luma);
            planes.get(1).readFine(y, u);
            planes.get(2).readFine(y, v);
            for (int x = 0; x < width; x++) {
                row[x] = pixel(luma[x], u[x], v[x], Resampler.FINE_BITS);
            }
        };
    }

    private static int evenWidth(SampleFormat format) {
        return format.width() + (format.width() & 1);
    }

    private static void readEven(PixelRows rows, int y, int[] row, int width) {
        rows.read(y, row);
        row[row.length - 1] = row[width - 1];
    }

    private static void toLuma(int[] row, byte[] luma) {
        for (int x = 0; x < luma.length; x++) {
            int pixel = row[x];
            int sum = Y_RED * (pixel >>> 16 & 0xff) + Y_GREEN * (pixel >>> 8 & 0xff) + Y_BLUE * (pixel & 0xff);
            luma[x] = (byte) rounded(sum, BITS, BLACK);
        }
    }

    private static void toChroma(int[] upper, int[] lower, byte[] u, byte[] v) {
        for (int x = 0; x < upper.length; x += 2) {
            int red = sum(upper, lower, x, 16);
            int green = sum(upper, lower, x, 8);
            int blue = sum(upper, lower, x, 0);
            // two more bits, since these are sums of four
            u[x / 2] = (byte) rounded(U_RED * red + U_GREEN * green + U_BLUE * blue, BITS + 2, NO_CHROMA);
            v[x / 2] = (byte) rounded(V_RED * red + V_GREEN * green + V_BLUE * blue, BITS + 2, NO_CHROMA);
        }
    }

    private static int sum(int[] upper, int[] lower, int x, int shift) {
        return (upper[x] >>> shift & 0xff) + (upper[x + 1] >>> shift & 0xff)
               + (lower[x] >>> shift & 0xff) + (lower[x + 1] >>> shift & 0xff);
    }

    /** @param fineBits fractional bits of the three; with 4, all fits */
    private static int pixel(int y, int u, int v, int fineBits) {
        int luma = LUMA * (y - (BLACK << fineBits));
        int blueness = u - (NO_CHROMA << fineBits);
        int redness = v - (NO_CHROMA << fineBits);
        int red = clamp(rounded(luma + RED_V * redness, BITS + fineBits, 0));
        int green = clamp(rounded(luma + GREEN_U * blueness + GREEN_V * redness, BITS + fineBits, 0));
        int blue = clamp(rounded(luma + BLUE_U * blueness, BITS + fineBits, 0));
        return PixelRows.OPAQUE | red << 16 | green << 8 | blue;
    }

    private static int rounded(int value, int fractionalBits, int zero) {
        return (value + (1 << fractionalBits - 1) >> fractionalBits) + zero;
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
