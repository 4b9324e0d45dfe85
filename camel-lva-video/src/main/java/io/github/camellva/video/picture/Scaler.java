package io.github.camellva.video.picture;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_int;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INP;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_POINT;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_init_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

/** FFmpeg's swscale from one surface to another: the mean of areas where sides shrink, lines between pixels where they grow. */
final class Scaler extends NativeResource {

    private static final int PLANES = 4;
    /** As a fixed-point number. */
    private static final int ONE = 1 << 16;
    private static final int EXACTLY = SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP;

    /** What a scaler is for. */
    record Job(Surface from, Surface to, Method method) {
    }

    /** How pixels are made of others. */
    enum Method {

        /** Pixels lie on lines between chroma samples, as decoders of JPG have it. */
        EXACT(EXACTLY | SWS_AREA),
        /** Between surfaces of one size, a chroma sample counts for all pixels that it covers. */
        EXACT_REPEATING_CHROMA(EXACTLY | SWS_POINT),
        /** As players of videos do it: in a fraction of the time, and a few steps off. */
        FAST(SWS_AREA);

        private final int flags;

        Method(int flags) {
            this.flags = flags;
        }
    }

    private final Job job;
    private final SwsContext context;
    private final PointerPointer<BytePointer> source = new PointerPointer<>(PLANES);
    private final PointerPointer<BytePointer> target = new PointerPointer<>(PLANES);
    private final IntPointer sourceStrides = new IntPointer(PLANES);
    private final IntPointer targetStrides = new IntPointer(PLANES);

    Scaler(Job job) {
        this.job = job;
        this.context = sws_alloc_context();
        try {
            allocated(context);
            set("sws_flags", job.method.flags);
            describe("src", job.from);
            describe("dst", job.to);
            int result = sws_init_context(context, null, null);
            if (result < 0) {
                throw new UnsupportedOperationException(
                        "FFmpeg does not convert " + job.from + " to " + job.to + ": " + words(result));
            }
            setMatrices();
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    Surface from() {
        return job.from;
    }

    /** Scales some rows, the first of which is row y of the picture. All rows of a picture must come, in order. */
    void scale(AVFrame rows, int y, int count, AVFrame onto) {
        for (int plane = 0; plane < PLANES; plane++) {
            source.put(plane, rows.data(plane));
            sourceStrides.put(plane, rows.linesize(plane));
            target.put(plane, onto.data(plane));
            targetStrides.put(plane, onto.linesize(plane));
        }
        int result = sws_scale(context, source, sourceStrides, y, count, target, targetStrides);
        if (result < 0) {
            throw new IllegalStateException("FFmpeg cannot scale " + job.from + " to " + job.to + ": " + words(result));
        }
    }

    /** Rows between the two passes, several of each plane, with 16 bits. */
    @Override
    long bytes() {
        return 64L * (job.from.width() + job.to.width());
    }

    @Override
    void free() {
        sws_freeContext(context);
        source.deallocate();
        target.deallocate();
        sourceStrides.deallocate();
        targetStrides.deallocate();
    }

    private void describe(String side, Surface surface) {
        set(side + "w", surface.width());
        set(side + "h", surface.height());
        set(side + "_format", surface.pixelFormat());
        set(side + "_range", surface.fullRange() ? 1 : 0);
    }

    /** Without being told, swscale takes both for what pictures have. */
    private void setMatrices() {
        if (job.from.matrix() != job.to.matrix()) {
            // formats without a matrix refuse it, and need none
            sws_setColorspaceDetails(
                    context, sws_getCoefficients(job.from.matrix()), job.from.fullRange() ? 1 : 0,
                    sws_getCoefficients(job.to.matrix()), job.to.fullRange() ? 1 : 0, 0, ONE, ONE);
        }
    }

    private void set(String option, long value) {
        int result = av_opt_set_int(context, option, value, 0);
        if (result < 0) {
            throw new IllegalStateException("FFmpeg refuses " + option + " " + value + ": " + words(result));
        }
    }
}
