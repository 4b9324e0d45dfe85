package io.github.camellva.video.ffmpeg;

import io.github.camellva.video.source.DecodeMode;
import io.github.camellva.video.source.SourceAddress;
import io.github.camellva.video.source.SourceException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Makes frames of packets. */
final class Decoder implements AutoCloseable {

    /** A few bytes can announce a picture that no memory holds. */
    private static final long MOST_PIXELS = 1L << 26;
    private static final int AGAIN = avutil.AVERROR_EAGAIN();

    private final AVCodecContext context;
    private final AVFrame frame = avutil.av_frame_alloc();
    private final String codec;
    private long errors;

    /** What a decoder has when it is asked for a frame. */
    enum Result {
        FRAME,
        NEEDS_PACKET,
        END
    }

    private Decoder(AVCodec codec) {
        this.context = avcodec.avcodec_alloc_context3(codec);
        this.codec = codec.name().getString();
    }

    static Decoder open(AVStream stream, SourceAddress address, DecodeMode mode, Options options) throws SourceException {
        AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
        if (codec == null || codec.isNull()) {
            throw Failure.noDecoder(address, avcodec.avcodec_get_name(stream.codecpar().codec_id()).getString());
        }
        Decoder decoder = new Decoder(codec);
        try {
            decoder.open(stream, mode, options, address);
            return decoder;
        } catch (Throwable e) {
            decoder.close();
            throw e;
        }
    }

    /** The current frame, which the next one replaces. */
    AVFrame frame() {
        return frame;
    }

    String codec() {
        return codec;
    }

    /** How many times something could not be decoded. */
    long errors() {
        return errors;
    }

    /** @param packet null when there are no more */
    void send(AVPacket packet) {
        int result = avcodec.avcodec_send_packet(context, packet);
        if (result < 0 && result != avutil.AVERROR_EOF) {
            errors++;
        }
    }

    Result receive() {
        while (true) {
            int result = avcodec.avcodec_receive_frame(context, frame);
            if (result >= 0) {
                return Result.FRAME;
            } else if (result == AGAIN) {
                return Result.NEEDS_PACKET;
            } else if (result == avutil.AVERROR_EOF) {
                return Result.END;
            }
            errors++;
        }
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
        avcodec.avcodec_free_context(context);
    }

    private void open(AVStream stream, DecodeMode mode, Options options, SourceAddress address) throws SourceException {
        Failure.check(avcodec.avcodec_parameters_to_context(context, stream.codecpar()), "the stream's parameters");
        context.pkt_timebase(stream.time_base());
        // one thread for each source: several sources share the processors better so, and no frame waits for the next
        context.thread_count(1);
        context.max_pixels(MOST_PIXELS);
        if (mode == DecodeMode.KEYFRAMES) {
            context.skip_frame(avcodec.AVDISCARD_NONKEY);
        }
        int result = avcodec.avcodec_open2(context, (AVCodec) null, options.dictionary());
        if (result < 0) {
            throw Failure.opening(address, result);
        }
    }
}
