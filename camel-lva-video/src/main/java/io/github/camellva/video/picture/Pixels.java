package io.github.camellva.video.picture;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.bytedeco.ffmpeg.avutil.AVFrame;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

/** Pixels in native memory. Rows come and go by Java's copies: native code never reads memory of others, which might go away. */
final class Pixels extends NativeResource {

    private static final byte LEAST_LUMA = 16;
    private static final byte NO_CHROMA = (byte) 128;

    private final Surface surface;
    private final AVFrame frame;
    private final ByteBuffer[] planes;
    private final int[] strides;

    Pixels(Surface surface) {
        this.surface = surface;
        this.planes = new ByteBuffer[surface.planes()];
        this.strides = new int[surface.planes()];
        this.frame = av_frame_alloc();
        try {
            allocated(frame).width(surface.width()).height(surface.height()).format(surface.pixelFormat());
            if (av_frame_get_buffer(frame, 0) < 0) {
                throw new OutOfMemoryError("FFmpeg got no native memory for " + surface);
            }
            for (int plane = 0; plane < planes.length; plane++) {
                strides[plane] = frame.linesize(plane);
                long bytes = (long) strides[plane] * surface.rows(plane);
                planes[plane] = frame.data(plane).capacity(bytes).asByteBuffer();
            }
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    Surface surface() {
        return surface;
    }

    AVFrame frame() {
        return frame;
    }

    /** Makes all of it black, if it is YUV or has no alpha. */
    void blacken() {
        fill(0, surface.isYuv() && !surface.fullRange() ? LEAST_LUMA : 0);
        for (int plane = 1; plane < planes.length; plane++) {
            fill(plane, NO_CHROMA);
        }
    }

    private void fill(int plane, byte value) {
        ByteBuffer all = planes[plane];
        byte[] row = new byte[strides[plane]];
        Arrays.fill(row, value);
        for (int at = 0; at < all.capacity(); at += row.length) {
            all.put(at, row);
        }
    }

    /** Copies a row from the given index of a buffer. */
    void put(int plane, int row, ByteBuffer source, int at, int bytes) {
        planes[plane].put(row * strides[plane], source, at, bytes);
    }

    /** Copies a row to the given index of a buffer. */
    void get(int plane, int row, ByteBuffer target, int at, int bytes) {
        target.put(at, planes[plane], row * strides[plane], bytes);
    }

    /** Copies the first rows to a buffer, from an index on; at once where nothing lies between them. */
    void getRows(int plane, int rows, ByteBuffer target, int at, int targetStride, int bytes) {
        if (bytes == targetStride && bytes == strides[plane]) {
            target.put(at, planes[plane], 0, rows * bytes);
            return;
        }
        for (int row = 0; row < rows; row++) {
            get(plane, row, target, at + row * targetStride, bytes);
        }
    }

    /** Copies a picture of this format so that its first pixel comes to x and y; for exact chroma, both are even. */
    void draw(Pixels picture, int width, int height, int x, int y) {
        Surface drawn = surface.resized(width, height);
        for (int plane = 0; plane < planes.length; plane++) {
            Surface before = plane == 0 ? surface.resized(x, y) : surface.resized(x & -2, y & -2);
            for (int row = 0; row < drawn.rows(plane); row++) {
                int at = (before.rows(plane) + row) * strides[plane] + before.rowBytes(plane);
                picture.get(plane, row, planes[plane], at, drawn.rowBytes(plane));
            }
        }
    }

    /** Repeats the last column of a picture without YUV. */
    void repeatColumn(int width) {
        int bytes = surface.resized(1, 1).rowBytes(0);
        for (int row = 0; row < surface.height(); row++) {
            int last = row * strides[0] + (width - 1) * bytes;
            planes[0].put(last + bytes, planes[0], last, bytes);
        }
    }

    /** Repeats the last row of a picture without YUV. */
    void repeatRow(int height) {
        int bytes = strides[0];
        planes[0].put(height * bytes, planes[0], (height - 1) * bytes, bytes);
    }

    @Override
    long bytes() {
        long sum = 0;
        for (ByteBuffer plane : planes) {
            sum += plane.capacity();
        }
        return sum;
    }

    @Override
    void free() {
        av_frame_free(frame);
    }
}
