package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/** Pictures of which every pixel is known, and a look at single pixels. */
final class Pictures {

    static final int RED = 0xff0000;
    static final int GREEN = 0x00ff00;
    static final int BLUE = 0x0000ff;
    static final int WHITE = 0xffffff;
    static final int BLACK = 0x000000;

    private Pictures() {
    }

    /** Rows of colours 0xRRGGBB, opaque. */
    static BufferedImage of(int[]... rows) {
        BufferedImage picture = new BufferedImage(rows[0].length, rows.length, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows[y].length; x++) {
                picture.setRGB(x, y, rows[y][x]);
            }
        }
        return picture;
    }

    static int[] row(int... colors) {
        return colors;
    }

    static BufferedImage plain(int width, int height, int color) {
        return quadrants(width, height, color, color, color, color);
    }

    /** Red, green; blue, white. */
    static BufferedImage quadrants(int width, int height) {
        return quadrants(width, height, RED, GREEN, BLUE, WHITE);
    }

    static void assertPixel(BufferedImage picture, int x, int y, int color) {
        assertThat(Integer.toHexString(picture.getRGB(x, y) & 0xffffff)).as("pixel at %d, %d", x, y)
                .isEqualTo(Integer.toHexString(color));
    }

    static void assertPixelCloseTo(BufferedImage picture, int x, int y, int color, int tolerance) {
        int found = picture.getRGB(x, y);
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(Math.abs((found >>> shift & 0xff) - (color >>> shift & 0xff)))
                    .as("pixel at %d, %d is %06x and should be %06x", x, y, found & 0xffffff, color)
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    /** Whether every quadrant has its colour, in the middle and at the picture's corners. */
    static void assertQuadrants(BufferedImage picture, int tolerance) {
        int right = picture.getWidth() - 1;
        int bottom = picture.getHeight() - 1;
        for (int part = 0; part <= 4; part += 4) {
            int x = right * part / 16;
            int y = bottom * part / 16;
            assertPixelCloseTo(picture, x, y, RED, tolerance);
            assertPixelCloseTo(picture, right - x, y, GREEN, tolerance);
            assertPixelCloseTo(picture, x, bottom - y, BLUE, tolerance);
            assertPixelCloseTo(picture, right - x, bottom - y, WHITE, tolerance);
        }
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    static String hex(ByteBuffer buffer) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes(buffer));
    }

    /** Blanks are free. */
    static ByteBuffer buffer(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    private static BufferedImage quadrants(int width, int height, int topLeft, int topRight, int bottomLeft, int bottomRight) {
        int[][] rows = new int[height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean left = x < width / 2;
                rows[y][x] = y < height / 2 ? left ? topLeft : topRight : left ? bottomLeft : bottomRight;
            }
        }
        return of(rows);
    }
}
