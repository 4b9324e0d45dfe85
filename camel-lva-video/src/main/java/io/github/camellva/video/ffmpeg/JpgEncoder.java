package io.github.camellva.video.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Makes JPG pictures. */
final class JpgEncoder implements AutoCloseable {

    private static final int COARSEST = 31;
    private static final int FINEST = 2;

    private final int scale;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private AVCodecContext context;

    /** @param quality 0 to 100 */
    JpgEncoder(int quality) {
        this.scale = COARSEST - (COARSEST - FINEST) * quality / 100;
    }

    /** @param frame YUV420P of full range */
    byte[] encode(AVFrame frame) {
        if (context == null || context.width() != frame.width() || context.height() != frame.height()) {
            open(frame);
        }
        frame.quality(scale * avutil.FF_QP2LAMBDA);
        Failure.check(avcodec.avcodec_send_frame(context, frame), "encoding a picture");
        Failure.check(avcodec.avcodec_receive_packet(context, packet), "encoding a picture");
        try {
            byte[] bytes = new byte[packet.size()];
            packet.data().get(bytes);
            return bytes;
        } finally {
            avcodec.av_packet_unref(packet);
        }
    }

    @Override
    public void close() {
        free();
        avcodec.av_packet_free(packet);
    }

    private void free() {
        if (context != null) {
            avcodec.avcodec_free_context(context);
            context = null;
        }
    }

    private void open(AVFrame frame) {
        free();
        AVCodec codec = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_MJPEG);
        context = avcodec.avcodec_alloc_context3(codec);
        context.width(frame.width()).height(frame.height()).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        context.color_range(avutil.AVCOL_RANGE_JPEG);
        context.time_base().num(1).den(25);
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
        context.global_quality(scale * avutil.FF_QP2LAMBDA);
        context.thread_count(1);
        Failure.check(avcodec.avcodec_open2(context, codec, (AVDictionary) null), "the JPG encoder");
    }
}
