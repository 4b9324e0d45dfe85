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
import static org.bytedeco.ffmpeg.global.swscale.sws_init_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

/** FFmpeg's swscale from one surface to another: the mean of areas where sides shrink, lines between pixels where they grow. */
final class Scaler extends NativeResource {

    private static final int PLANES = 4;
    private static final int EXACT = SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP;

    /**
     * What a scaler is for.
     *
     * @param repeatsChroma whether a chroma sample counts for all pixels that it covers, between surfaces of one size; otherwise
     *                      pixels lie on lines between chroma samples, as decoders of JPG have it
     */
    record Job(Surface from, Surface to, boolean repeatsChroma) {
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
            set("sws_flags", EXACT | (job.repeatsChroma ? SWS_POINT : SWS_AREA));
            describe("src", job.from);
            describe("dst", job.to);
            int result = sws_init_context(context, null, null);
            if (result < 0) {
                throw new UnsupportedOperationException(
                        "FFmpeg does not convert " + job.from + " to " + job.to + ": " + words(result));
            }
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

    private void set(String option, long value) {
        int result = av_opt_set_int(context, option, value, 0);
        if (result < 0) {
            throw new IllegalStateException("FFmpeg refuses " + option + " " + value + ": " + words(result));
        }
    }
}
