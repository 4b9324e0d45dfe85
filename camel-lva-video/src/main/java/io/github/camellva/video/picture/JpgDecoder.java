package io.github.camellva.video.picture;

import java.nio.ByteBuffer;

import io.github.camellva.grpc.media.FrameException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

/** FFmpeg's decoder of JPG, whole or at a half, a quarter or an eighth of the size. It takes no picture that is broken. */
final class JpgDecoder extends NativeResource {

    /** Moves what FFmpeg logs of one decoder below all levels that are shown: the error says it. */
    private static final int SILENT = 100;

    /** @param halvings how often both sides are halved, 0 to 3 */
    record Settings(int halvings) {

        static final int MOST_HALVINGS = 3;

        int of(int side) {
            return side + (1 << halvings) - 1 >> halvings;
        }
    }

    private final Settings settings;
    private final AVCodecContext context;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private long pixels;

    JpgDecoder(Settings settings) {
        this.settings = settings;
        AVCodec codec = avcodec_find_decoder(AV_CODEC_ID_MJPEG);
        this.context = avcodec_alloc_context3(codec);
        try {
            allocated(packet);
            allocated(frame);
            allocated(context).lowres(settings.halvings).thread_count(1).err_recognition(AV_EF_EXPLODE).log_level_offset(SILENT);
            int result = avcodec_open2(context, codec, (AVDictionary) null);
            if (result < 0) {
                throw new IllegalStateException("FFmpeg has no decoder of JPG: " + words(result));
            }
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /** @return valid until {@link #release()} */
    AVFrame decode(ByteBuffer picture, int width, int height) throws FrameException {
        pixels = Math.max(pixels, (long) settings.of(width) * settings.of(height));
        int result = av_new_packet(packet, picture.remaining());
        if (result < 0) {
            throw new OutOfMemoryError("FFmpeg got no native memory for a JPG of " + picture.remaining() + " bytes");
        }
        try {
            packet.data().capacity(picture.remaining()).asByteBuffer().put(0, picture, picture.position(), picture.remaining());
            require(avcodec_send_packet(context, packet));
        } finally {
            av_packet_unref(packet);
        }
        require(avcodec_receive_frame(context, frame));
        if (frame.width() != settings.of(width) || frame.height() != settings.of(height)) {
            throw new FrameException("FFmpeg takes the JPG of " + width + " x " + height + " pixels for one of "
                                     + frame.width() + " x " + frame.height());
        }
        return frame;
    }

    /** @return of the picture that is decoded */
    Surface surface() throws FrameException {
        return new Surface(pixelFormat(), frame.width(), frame.height(), true);
    }

    void release() {
        av_frame_unref(frame);
        avcodec_flush_buffers(context);
    }

    /** Frames that it takes in turns, with up to three bytes for a pixel. */
    @Override
    long bytes() {
        return 6 * pixels;
    }

    @Override
    void free() {
        av_frame_free(frame);
        av_packet_free(packet);
        avcodec_free_context(context);
    }

    private static void require(int result) throws FrameException {
        if (result < 0) {
            throw new FrameException("FFmpeg cannot decode the JPG: " + words(result));
        }
    }

    /** The names with a J are old ones for full range, which a surface tells itself. */
    private int pixelFormat() throws FrameException {
        return switch (frame.format()) {
            case AV_PIX_FMT_GRAY8 -> AV_PIX_FMT_GRAY8;
            case AV_PIX_FMT_YUVJ420P -> AV_PIX_FMT_YUV420P;
            case AV_PIX_FMT_YUVJ422P -> AV_PIX_FMT_YUV422P;
            case AV_PIX_FMT_YUVJ440P -> AV_PIX_FMT_YUV440P;
            case AV_PIX_FMT_YUVJ444P -> AV_PIX_FMT_YUV444P;
            default -> throw new FrameException("the JPG has FFmpeg's pixel format " + frame.format() + ", which is not converted");
        };
    }
}
