package io.github.camellva.video.ffmpeg;

import io.github.camellva.grpc.media.Scaling;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** Scales frames onto a canvas, in one pixel format. The canvas is used again for the next frame. */
final class Scaler implements AutoCloseable {

    /** swscale writes whole vectors, beyond the end of a row. */
    private static final int SPARE_BYTES = 64;
    private static final int PLANES = 4;
    private static final int ONE = 1 << 16;

    private final int format;
    private final boolean fullRange;
    private final AVFrame canvas = avutil.av_frame_alloc();
    private final PointerPointer<Pointer> target = new PointerPointer<>(PLANES);
    private BytePointer memory;
    private int packedBytes;
    private SwsContext context;
    private Plan plan;

    /** What the context was made for. */
    private record Plan(int width, int height, int format, int colorSpace, boolean fullRange, Scaling scaling) {

        static Plan of(AVFrame frame, Scaling scaling) {
            boolean full = frame.color_range() == avutil.AVCOL_RANGE_JPEG || isFull(frame.format());
            return new Plan(frame.width(), frame.height(), ranged(frame.format(), full), frame.colorspace(), full, scaling);
        }

        private static boolean isFull(int format) {
            return format == avutil.AV_PIX_FMT_YUVJ420P || format == avutil.AV_PIX_FMT_YUVJ422P || format == avutil.AV_PIX_FMT_YUVJ444P
                   || format == avutil.AV_PIX_FMT_YUVJ440P;
        }
    }

    /** @param fullRange whether luma goes from 0 to 255, as in JPG pictures */
    Scaler(int format, boolean fullRange) {
        this.format = format;
        this.fullRange = fullRange;
    }

    /** @return the canvas */
    AVFrame scale(AVFrame frame, Scaling scaling) {
        Plan next = Plan.of(frame, scaling);
        if (!next.equals(plan)) {
            plan = null;
            prepare(next);
            plan = next;
        }
        int rows = swscale.sws_scale(
                context, frame.data(), frame.linesize(), 0, frame.height(), target, canvas.linesize());
        Failure.check(rows, "scaling a frame");
        return canvas;
    }

    /** The canvas, row after row, in memory of its own. */
    byte[] packed() {
        byte[] bytes = new byte[packedBytes];
        memory.position(0).get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        free();
        target.deallocate();
        avutil.av_frame_free(canvas);
    }

    private void free() {
        if (context != null) {
            swscale.sws_freeContext(context);
            context = null;
        }
        if (memory != null) {
            memory.deallocate();
            memory = null;
        }
    }

    private void prepare(Plan next) {
        free();
        Scaling scaling = next.scaling;
        packedBytes = avutil.av_image_get_buffer_size(format, scaling.canvasWidth(), scaling.canvasHeight(), 1);
        Failure.check(packedBytes, "the size of a picture");
        memory = new BytePointer(packedBytes + (long) SPARE_BYTES);
        Failure.check(avutil.av_image_fill_arrays(
                canvas.data(), canvas.linesize(), memory, format, scaling.canvasWidth(), scaling.canvasHeight(), 1), "a canvas");
        canvas.format(format).width(scaling.canvasWidth()).height(scaling.canvasHeight());
        canvas.color_range(fullRange ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
        if (scaling.pads()) {
            blacken(scaling);
        }
        aim(scaling);
        createContext(next);
    }

    private void blacken(Scaling scaling) {
        try (SizeTPointer strides = new SizeTPointer(PLANES)) {
            for (int i = 0; i < PLANES; i++) {
                strides.put(i, canvas.linesize(i));
            }
            Failure.check(avutil.av_image_fill_black(
                    canvas.data(), strides, format, canvas.color_range(), scaling.canvasWidth(), scaling.canvasHeight()), "black bars");
        }
    }

    /** Points to where the picture begins on the canvas; with subsampled colours, at an even place. */
    private void aim(Scaling scaling) {
        AVPixFmtDescriptor descriptor = avutil.av_pix_fmt_desc_get(format);
        for (int plane = 0; plane < PLANES; plane++) {
            BytePointer start = canvas.data(plane);
            if (start == null || start.isNull()) {
                target.put(plane, null);
                continue;
            }
            int rowShift = plane == 0 ? 0 : descriptor.log2_chroma_h();
            int columnShift = plane == 0 ? 0 : descriptor.log2_chroma_w();
            long offset = (long) (scaling.y() >> rowShift) * canvas.linesize(plane)
                          + (long) (scaling.x() >> columnShift) * descriptor.comp(plane).step();
            target.put(plane, start.getPointer(offset));
        }
    }

    /** swscale chooses its way before it is told of ranges, unless the format has a name of its own for the full one. */
    private static int ranged(int format, boolean full) {
        if (!full) {
            return format;
        } else if (format == avutil.AV_PIX_FMT_YUV420P) {
            return avutil.AV_PIX_FMT_YUVJ420P;
        } else if (format == avutil.AV_PIX_FMT_YUV422P) {
            return avutil.AV_PIX_FMT_YUVJ422P;
        } else if (format == avutil.AV_PIX_FMT_YUV444P) {
            return avutil.AV_PIX_FMT_YUVJ444P;
        }
        return format;
    }

    private void createContext(Plan next) {
        Scaling scaling = next.scaling;
        // as the component scales by itself: means of areas where a picture shrinks
        int method = scaling.width() < next.width || scaling.height() < next.height ? swscale.SWS_AREA : swscale.SWS_BILINEAR;
        context = swscale.sws_getContext(
                next.width, next.height, next.format, scaling.width(), scaling.height(), ranged(format, fullRange), method,
                (SwsFilter) null, (SwsFilter) null, (DoublePointer) null);
        if (context == null || context.isNull()) {
            context = null;
            throw new IllegalStateException("pixels of format " + avutil.av_get_pix_fmt_name(next.format).getString() + " cannot be converted");
        }
        IntPointer from = swscale.sws_getCoefficients(next.colorSpace);
        IntPointer to = swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT);
        // formats without a matrix refuse it, and need none
        swscale.sws_setColorspaceDetails(context, from, next.fullRange ? 1 : 0, to, fullRange ? 1 : 0, 0, ONE, ONE);
    }
}
