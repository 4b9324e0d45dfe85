package io.github.camellva.video.picture;

import java.nio.ByteBuffer;

import javax.imageio.plugins.jpeg.JPEGQTable;

import io.github.camellva.grpc.media.FrameException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.ShortPointer;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

/** FFmpeg's encoder of JPG for one size and quality, with the tables that other encoders have for that quality. */
final class JpgEncoder extends NativeResource {

    /** Moves what FFmpeg logs of one encoder below all levels that are shown: the error says it. */
    private static final int SILENT = 100;
    /** With this one, FFmpeg takes the tables as they are. */
    private static final int SCALE = 8;

    /**
     * What an encoder is for.
     *
     * @param quality 0 (smallest) to 100 (best)
     */
    record Settings(int width, int height, int quality) {
    }

    private final AVCodecContext context;
    private final AVPacket packet = av_packet_alloc();
    private final Pixels pixels;

    JpgEncoder(Settings settings) {
        AVCodec codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
        this.context = avcodec_alloc_context3(codec);
        Pixels input = null;
        try {
            allocated(packet);
            configure(allocated(context), settings);
            open(codec);
            input = new Pixels(Surface.jpg(settings.width, settings.height));
        } finally {
            this.pixels = input;
            if (input == null) {
                close();
            }
        }
    }

    /** What {@link #encode()} encodes. */
    Pixels pixels() {
        return pixels;
    }

    /** @return the JPG, from position 0 */
    ByteBuffer encode() throws FrameException {
        require(avcodec_send_frame(context, pixels.frame().quality(context.global_quality())));
        require(avcodec_receive_packet(context, packet));
        try {
            ByteBuffer jpg = ByteBuffer.allocate(packet.size());
            packet.data().get(jpg.array());
            return jpg;
        } finally {
            av_packet_unref(packet);
        }
    }

    /** The pixels, FFmpeg's copies of them, and room for the JPG. */
    @Override
    long bytes() {
        return 4 * pixels.bytes();
    }

    @Override
    void free() {
        if (pixels != null) {
            pixels.close();
        }
        av_packet_free(packet);
        avcodec_free_context(context);
    }

    private static void configure(AVCodecContext context, Settings settings) {
        context.width(settings.width).height(settings.height).pix_fmt(AV_PIX_FMT_YUVJ420P).color_range(AVCOL_RANGE_JPEG)
                .thread_count(1).log_level_offset(SILENT)
                .flags(AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT).global_quality(SCALE * FF_QP2LAMBDA)
                .intra_matrix(matrix(JPEGQTable.K1Luminance, settings.quality))
                .chroma_intra_matrix(matrix(JPEGQTable.K2Chrominance, settings.quality));
        // what a second is does not matter, but there must be one
        context.time_base().num(1).den(1);
    }

    /** With the tables of the standard for codes, which all encoders take that are made for speed. */
    private void open(AVCodec codec) {
        AVDictionary options = new AVDictionary(null);
        try {
            av_dict_set(options, "huffman", "default", 0);
            int result = avcodec_open2(context, codec, options);
            if (result < 0) {
                throw new UnsupportedOperationException("FFmpeg does not encode JPG of " + context.width() + " x "
                                                        + context.height() + " pixels: " + words(result));
            }
        } finally {
            av_dict_free(options);
        }
    }

    /** Of the mean of a block, FFmpeg keeps full steps, whatever the table says. The context frees the matrix. */
    private static ShortPointer matrix(JPEGQTable standard, int quality) {
        float scale = quality < 50 ? 50f / Math.max(1, quality) : 2 - quality / 50f;
        int[] steps = standard.getScaledInstance(scale, true).getTable();
        ShortPointer matrix = new ShortPointer(allocated(av_malloc((long) Short.BYTES * steps.length)));
        for (int i = 0; i < steps.length; i++) {
            matrix.put(i, (short) steps[i]);
        }
        return matrix;
    }

    private static void require(int result) throws FrameException {
        if (result < 0) {
            throw new FrameException("FFmpeg cannot encode the JPG: " + words(result));
        }
    }
}
