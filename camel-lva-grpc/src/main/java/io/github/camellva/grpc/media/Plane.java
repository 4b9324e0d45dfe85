package io.github.camellva.grpc.media;

import java.util.List;

import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/**
 * Where rows lie in a RAW frame: those of one component, or of all components together.
 *
 * @param offset      where the first row begins, in bytes from the start of the frame
 * @param rowBytes    bytes of a row without its padding
 * @param strideBytes bytes from one row to the next
 * @param rows        how many
 */
record Plane(int offset, int rowBytes, int strideBytes, int rows) {

    /** The planes in memory order: luma, U and V for YUV420P, a single one for every other pixel format. */
    static List<Plane> of(SampleFormat format) {
        int width = format.width();
        int height = format.height();
        int stride = format.strideBytes();
        Plane first = new Plane(0, width * SampleFormat.bytesPerPixel(format.pixelFormat()), stride, height);
        if (format.pixelFormat() != PixelFormat.YUV420P) {
            return List.of(first);
        }
        Plane u = new Plane(stride * height, half(width), half(stride), half(height));
        Plane v = new Plane(u.offset + u.strideBytes * u.rows, u.rowBytes, u.strideBytes, u.rows);
        return List.of(first, u, v);
    }

    /** Where a row begins, in bytes from the start of the frame. */
    int row(int y) {
        return offset + y * strideBytes;
    }

    /** An odd column or row at the edge has a chroma sample of its own. */
    private static int half(int length) {
        return (length + 1) / 2;
    }
}
