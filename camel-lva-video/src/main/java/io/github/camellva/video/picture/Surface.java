package io.github.camellva.video.picture;

import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.bytedeco.ffmpeg.avutil.AVFrame;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_ABGR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_ARGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGBA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;

/**
 * What FFmpeg must know of pixels.
 *
 * @param pixelFormat FFmpeg's number
 * @param width       pixels
 * @param height      rows
 * @param fullRange   whether luma has all values, as in JPG
 * @param matrix      FFmpeg's number for how YUV is made of RGB
 */
record Surface(int pixelFormat, int width, int height, boolean fullRange, int matrix) {

    Surface(int pixelFormat, int width, int height, boolean fullRange) {
        this(pixelFormat, width, height, fullRange, SWS_CS_DEFAULT);
    }

    static Surface of(SampleFormat format) {
        return new Surface(pixelFormat(format.pixelFormat()), format.width(), format.height(), false);
    }

    /** Pixels of a video. */
    static Surface of(AVFrame frame) {
        return new Surface(frame.format(), frame.width(), frame.height(), frame.color_range() == AVCOL_RANGE_JPEG, frame.colorspace());
    }

    /** Pixels on which a picture lies between its bars. */
    static Surface canvas(int width, int height) {
        return new Surface(AV_PIX_FMT_BGR24, width, height, false);
    }

    /** Pixels that become a JPG. */
    static Surface jpg(int width, int height) {
        return new Surface(AV_PIX_FMT_YUV420P, width, height, true);
    }

    Surface resized(int newWidth, int newHeight) {
        return new Surface(pixelFormat, newWidth, newHeight, fullRange, matrix);
    }

    /** Chroma of an odd side covers a column or row that is not there: with that, a step of chroma is two of luma everywhere. */
    Surface even() {
        return resized(width + (width & 1), height + (height & 1));
    }

    boolean isEven() {
        return even().equals(this);
    }

    /** Of the formats that are made here; those of decoded JPGs are FFmpeg's. */
    boolean isYuv() {
        return pixelFormat == AV_PIX_FMT_YUV420P;
    }

    /** The same with as much chroma as luma. */
    Surface withAllChroma() {
        return new Surface(AV_PIX_FMT_YUV444P, width, height, fullRange, matrix);
    }

    /** Whether pixels share chroma. */
    boolean hasLessChroma() {
        return pixelFormat == AV_PIX_FMT_YUV420P || pixelFormat == AV_PIX_FMT_YUV422P || pixelFormat == AV_PIX_FMT_YUV440P;
    }

    int planes() {
        return isYuv() || pixelFormat == AV_PIX_FMT_YUV444P ? 3 : 1;
    }

    int rows(int plane) {
        return plane == 0 || !isYuv() ? height : (height + 1) / 2;
    }

    int rowBytes(int plane) {
        return switch (pixelFormat) {
            case AV_PIX_FMT_YUV444P -> width;
            case AV_PIX_FMT_YUV420P -> plane == 0 ? width : (width + 1) / 2;
            case AV_PIX_FMT_RGB24, AV_PIX_FMT_BGR24 -> 3 * width;
            default -> 4 * width;
        };
    }

    private static int pixelFormat(PixelFormat pixelFormat) {
        return switch (pixelFormat) {
            case YUV420P -> AV_PIX_FMT_YUV420P;
            case RGB24 -> AV_PIX_FMT_RGB24;
            case BGR24 -> AV_PIX_FMT_BGR24;
            case ARGB -> AV_PIX_FMT_ARGB;
            case RGBA -> AV_PIX_FMT_RGBA;
            case ABGR -> AV_PIX_FMT_ABGR;
            case BGRA -> AV_PIX_FMT_BGRA;
            default -> throw new IllegalArgumentException(pixelFormat + " is not converted by FFmpeg");
        };
    }
}
