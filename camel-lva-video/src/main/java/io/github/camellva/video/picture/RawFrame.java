package io.github.camellva.video.picture;

import java.nio.ByteBuffer;

import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.Scaling;

/** A RAW frame in a buffer, from the buffer's position on. */
record RawFrame(ByteBuffer bytes, SampleFormat format, Surface surface) {

    RawFrame(ByteBuffer bytes, SampleFormat format) {
        this(bytes, format, Surface.of(format));
    }

    /** Copies rows to native memory, beginning with row y; those beyond the last one are the last one again. */
    void load(int y, int rows, Pixels pixels) {
        for (int plane = 0; plane < surface.planes(); plane++) {
            int first = plane == 0 ? y : y / 2;
            int count = plane == 0 ? rows : (rows + 1) / 2;
            for (int row = 0; row < count; row++) {
                int from = Math.min(first + row, surface.rows(plane) - 1);
                pixels.put(plane, row, bytes, index(plane, from), surface.rowBytes(plane));
            }
        }
    }

    /** Copies pixels from native memory to a place in the frame. */
    void store(Pixels pixels, int width, int height, int x, int y) {
        Surface stored = surface.resized(width, height);
        Surface before = surface.resized(x, y);
        for (int plane = 0; plane < surface.planes(); plane++) {
            int index = index(plane, before.rows(plane)) + before.rowBytes(plane);
            pixels.getRows(plane, stored.rows(plane), bytes, index, stride(plane), stored.rowBytes(plane));
        }
    }

    /** Draws opaque black around a picture that has no YUV. */
    void drawBars(Scaling scaling) {
        byte[] black = blackRow();
        int left = surface.resized(scaling.x(), 1).rowBytes(0);
        int right = surface.resized(scaling.x() + scaling.width(), 1).rowBytes(0);
        for (int y = 0; y < surface.height(); y++) {
            int at = index(0, y);
            if (y < scaling.y() || y >= scaling.y() + scaling.height()) {
                bytes.put(at, black);
            } else {
                bytes.put(at, black, 0, left);
                bytes.put(at + right, black, right, black.length - right);
            }
        }
    }

    private byte[] blackRow() {
        byte[] row = new byte[surface.rowBytes(0)];
        int alpha = switch (format.pixelFormat()) {
            case ARGB, ABGR -> 0;
            case RGBA, BGRA -> 3;
            default -> row.length;
        };
        for (int at = alpha; at < row.length; at += 4) {
            row[at] = (byte) 255;
        }
        return row;
    }

    private int index(int plane, int row) {
        int chroma = stride(0) * surface.height();
        return bytes.position() + switch (plane) {
            case 0 -> row * stride(0);
            case 1 -> chroma + row * stride(1);
            default -> chroma + (surface.rows(1) + row) * stride(2);
        };
    }

    private int stride(int plane) {
        return plane == 0 ? format.strideBytes() : (format.strideBytes() + 1) / 2;
    }
}
