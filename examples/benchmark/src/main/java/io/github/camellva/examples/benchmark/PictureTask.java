package io.github.camellva.examples.benchmark;

import java.util.List;
import java.util.Optional;

import io.github.camellva.grpc.media.FramePreparation;
import io.github.camellva.grpc.media.ScaleMode;
import io.github.camellva.grpc.media.ScaleTarget;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** What a node does with a BGR24 picture before it sends it. */
enum PictureTask {

    SMALL_JPG("640x360 to JPG", 640, 360, Encoding.JPG, 0),
    SMALL_PADDED_JPG("640x360 to JPG 416x416, padded", 640, 360, Encoding.JPG, 416),
    SMALL_PADDED_RAW("640x360 to RAW RGB24 416x416, padded", 640, 360, Encoding.RAW, 416),
    LARGE_JPG("1080p to JPG", 1920, 1080, Encoding.JPG, 0),
    LARGE_PADDED_JPG("1080p to JPG 416x416, padded", 1920, 1080, Encoding.JPG, 416),
    LARGE_PADDED_RAW("1080p to RAW RGB24 416x416, padded", 1920, 1080, Encoding.RAW, 416);

    private static final int JPEG_QUALITY = 80;
    private static final int MAX_FRAME_BYTES = 64 << 20;

    private final String title;
    private final int width;
    private final int height;
    private final Encoding encoding;
    /** Of the padded square; 0 for the size that there is. */
    private final int side;

    PictureTask(String title, int width, int height, Encoding encoding, int side) {
        this.title = title;
        this.width = width;
        this.height = height;
        this.encoding = encoding;
        this.side = side;
    }

    String title() {
        return title;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** About as much work for each task. */
    int frames() {
        return width > 1000 ? 60 : 300;
    }

    FramePreparation preparation() {
        Optional<ScaleTarget> scale = side == 0 ? Optional.empty() : Optional.of(new ScaleTarget(ScaleMode.PAD, side, side));
        return new FramePreparation(scale, encoding, PixelFormat.RGB24, 0, JPEG_QUALITY, MAX_FRAME_BYTES);
    }

    /** The same by the program ffmpeg: with the same filter, chroma, and about the same tables for JPG. */
    List<String> ffmpegOutput() {
        int scaled = side * height / width;
        String filter = side == 0
                ? "null" : "scale=%d:%d:flags=area,pad=%d:%d:0:%d".formatted(side, scaled, side, side, (side - scaled) / 2);
        return encoding == Encoding.JPG
                ? List.of("-vf", filter, "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-q:v", "3", "-f", "image2pipe", "-y", "/dev/null")
                : List.of("-vf", filter, "-pix_fmt", "rgb24", "-f", "rawvideo", "-y", "/dev/null");
    }
}
