package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** Converts rows between pixels 0xAARRGGBB and the bytes of a pixel format whose components lie together. */
interface PackedRow {

    /**
     * Converts pixels to bytes.
     *
     * @param pixels as many as the row has; undefined afterwards
     * @param row    receives the bytes, from position 0
     */
    void write(int[] pixels, ByteBuffer row);

    /**
     * Converts bytes to pixels.
     *
     * @param row    the bytes, from position 0
     * @param pixels receives as many as the row has; opaque if the format has no alpha
     */
    void read(ByteBuffer row, int[] pixels);

    static PackedRow of(PixelFormat pixelFormat, int width) {
        return switch (pixelFormat) {
            case RGB565BE -> new Bits16(ByteOrder.BIG_ENDIAN, 6, new short[width]);
            case RGB565LE -> new Bits16(ByteOrder.LITTLE_ENDIAN, 6, new short[width]);
            case RGB555BE -> new Bits16(ByteOrder.BIG_ENDIAN, 5, new short[width]);
            case RGB555LE -> new Bits16(ByteOrder.LITTLE_ENDIAN, 5, new short[width]);
            case RGB24 -> new Bits24(16, 0, new byte[3 * width]);
            case BGR24 -> new Bits24(0, 16, new byte[3 * width]);
            case ARGB -> new Bits32(ByteOrder.BIG_ENDIAN, 0);
            case BGRA -> new Bits32(ByteOrder.LITTLE_ENDIAN, 0);
            case RGBA -> new Bits32(ByteOrder.BIG_ENDIAN, 8);
            case ABGR -> new Bits32(ByteOrder.LITTLE_ENDIAN, 8);
            case YUV420P, NONE, UNRECOGNIZED -> throw new IllegalArgumentException(pixelFormat + " has no packed pixels");
        };
    }

    /** Five bits each for red and blue, five or six for green; with five, the topmost bit is an unused 0. */
    record Bits16(ByteOrder order, int greenBits, short[] shorts) implements PackedRow {

        @Override
        public void write(int[] pixels, ByteBuffer row) {
            for (int x = 0; x < shorts.length; x++) {
                int red = pixels[x] >>> 19 & 0x1f;
                int green = (pixels[x] >>> 8 & 0xff) >>> 8 - greenBits;
                int blue = pixels[x] >>> 3 & 0x1f;
                shorts[x] = (short) (red << 5 + greenBits | green << 5 | blue);
            }
            row.order(order).asShortBuffer().put(shorts);
        }

        @Override
        public void read(ByteBuffer row, int[] pixels) {
            row.order(order).asShortBuffer().get(shorts);
            for (int x = 0; x < shorts.length; x++) {
                int red = widen(shorts[x] >>> 5 + greenBits & 0x1f, 5);
                int green = widen(shorts[x] >>> 5 & (1 << greenBits) - 1, greenBits);
                int blue = widen(shorts[x] & 0x1f, 5);
                pixels[x] = PixelRows.OPAQUE | red << 16 | green << 8 | blue;
            }
        }

        /** Repeats the topmost bits at the bottom, so that the largest value becomes 255. */
        private static int widen(int value, int bits) {
            return value << 8 - bits | value >>> 2 * bits - 8;
        }
    }

    /** Three bytes. */
    record Bits24(int firstShift, int lastShift, byte[] bytes) implements PackedRow {

        @Override
        public void write(int[] pixels, ByteBuffer row) {
            for (int x = 0, at = 0; at < bytes.length; x++, at += 3) {
                bytes[at] = (byte) (pixels[x] >>> firstShift);
                bytes[at + 1] = (byte) (pixels[x] >>> 8);
                bytes[at + 2] = (byte) (pixels[x] >>> lastShift);
            }
            row.put(bytes);
        }

        @Override
        public void read(ByteBuffer row, int[] pixels) {
            row.get(bytes);
            for (int x = 0, at = 0; at < bytes.length; x++, at += 3) {
                pixels[x] = PixelRows.OPAQUE | (bytes[at] & 0xff) << firstShift | (bytes[at + 1] & 0xff) << 8
                            | (bytes[at + 2] & 0xff) << lastShift;
            }
        }
    }

    /** An int in either byte order, with alpha first or, rotated, last. */
    record Bits32(ByteOrder order, int rotation) implements PackedRow {

        @Override
        public void write(int[] pixels, ByteBuffer row) {
            rotate(pixels, rotation);
            row.order(order).asIntBuffer().put(pixels);
        }

        @Override
        public void read(ByteBuffer row, int[] pixels) {
            row.order(order).asIntBuffer().get(pixels);
            rotate(pixels, -rotation);
        }

        private static void rotate(int[] pixels, int rotation) {
            for (int x = 0; x < pixels.length; x++) {
                pixels[x] = Integer.rotateLeft(pixels[x], rotation);
            }
        }
    }
}
