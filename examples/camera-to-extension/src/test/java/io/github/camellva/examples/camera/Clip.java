package io.github.camellva.examples.camera;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** A video for tests: each frame is of one shade of gray, lighter than the one before. */
final class Clip {

    /** Not a multiple of what decoders align rows to. */
    static final int WIDTH = 200;
    static final int HEIGHT = 120;
    static final int FRAMES = 30;
    static final int FRAMES_PER_SECOND = 25;

    private Clip() {
    }

    /** Writes one; the name of the file says in which format. */
    static Path write(Path file) throws IOException {
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), WIDTH, HEIGHT);
             Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3)) {
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
            recorder.setVideoQuality(1);
            recorder.setFrameRate(FRAMES_PER_SECOND);
            recorder.start();
            for (int index = 0; index < FRAMES; index++) {
                ByteBuffer pixels = (ByteBuffer) frame.image[0];
                for (int i = 0; i < pixels.capacity(); i++) {
                    pixels.put(i, (byte) gray(index));
                }
                recorder.record(frame);
            }
        }
        return file;
    }

    static int gray(long index) {
        return (int) (20 + 7 * index);
    }
}
