package io.github.camellva.video.ffmpeg;

import java.util.OptionalLong;

import io.github.camellva.video.source.InputSettings;
import io.github.camellva.video.source.Picture;
import io.github.camellva.video.source.SourceAddress;
import io.github.camellva.video.source.SourceException;
import io.github.camellva.video.source.VideoInput;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Frames that FFmpeg's filters make, such as test patterns. FFmpeg's device for them would do, but its library needs others for
 * sound and windows, which servers do not have.
 */
final class FilterInput implements VideoInput {

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final SourceAddress address;
    private final AVFilterGraph graph = avfilter.avfilter_graph_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final PictureMaker pictures;
    private AVFilterContext sink;

    private FilterInput(InputSettings settings) {
        this.address = settings.address();
        this.pictures = new PictureMaker(settings);
    }

    static VideoInput open(InputSettings settings) throws SourceException {
        Ffmpeg.load();
        FilterInput input = new FilterInput(settings);
        try {
            input.open();
            for (String option : settings.options().keySet()) {
                throw Failure.unknownOption(settings.address(), option);
            }
            return input;
        } catch (Throwable e) {
            input.close();
            throw e;
        }
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public boolean next() throws SourceException {
        avutil.av_frame_unref(frame);
        int result = avfilter.av_buffersink_get_frame(sink, frame);
        if (result < 0 && result != avutil.AVERROR_EOF) {
            throw Failure.unreadable(address, result);
        }
        return result >= 0;
    }

    @Override
    public OptionalLong presentationMicros() {
        AVRational base = avfilter.av_buffersink_get_time_base(sink);
        return OptionalLong.of(frame.pts() * MICROS_PER_SECOND * base.num() / base.den());
    }

    @Override
    public long frameMicros() {
        AVRational rate = avfilter.av_buffersink_get_frame_rate(sink);
        return Math.max(1, MICROS_PER_SECOND * rate.den() / Math.max(1, rate.num()));
    }

    @Override
    public OptionalLong takenMicros() {
        return OptionalLong.empty();
    }

    @Override
    public Picture picture() throws SourceException {
        return pictures.of(frame);
    }

    @Override
    public long decodingErrors() {
        return 0;
    }

    @Override
    public String description() {
        return Descriptions.of("", frame.width(), frame.height(), avfilter.av_buffersink_get_frame_rate(sink));
    }

    @Override
    public void close() {
        try {
            pictures.close();
        } finally {
            avutil.av_frame_free(frame);
            avfilter.avfilter_graph_free(graph);
        }
    }

    private void open() throws SourceException {
        sink = new AVFilterContext(null);
        Failure.check(avfilter.avfilter_graph_create_filter(
                sink, avfilter.avfilter_get_by_name("buffersink"), "out", null, (Pointer) null, graph), "a sink for frames");
        AVFilterInOut end = avfilter.avfilter_inout_alloc();
        end.name(avutil.av_strdup(new BytePointer("out"))).filter_ctx(sink).pad_idx(0).next(null);
        AVFilterInOut none = new AVFilterInOut(null);
        int parsed = avfilter.avfilter_graph_parse_ptr(graph, address.location(), end, none, (Pointer) null);
        avfilter.avfilter_inout_free(end);
        avfilter.avfilter_inout_free(none);
        int result = parsed < 0 ? parsed : avfilter.avfilter_graph_config(graph, null);
        if (result < 0) {
            throw Failure.opening(address, result);
        }
    }
}
