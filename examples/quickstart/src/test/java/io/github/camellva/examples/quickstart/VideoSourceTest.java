package io.github.camellva.examples.quickstart;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.camellva.examples.rig.UsageException;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class VideoSourceTest {

    /** Not a multiple of what decoders align rows to. */
    private static final int WIDTH = 200;
    private static final int HEIGHT = 120;
    private static final int FRAMES = 30;

    @TempDir
    private Path directory;

    @Test
    void everyFrameIsDecodedInTheSizeAndAtTheTimesOfTheVideo() throws Exception {
        try (VideoSource source = VideoSource.open(clip())) {
            List<SourceFrame> frames = all(source);
            assertThat(source.width()).isEqualTo(WIDTH);
            assertThat(source.height()).isEqualTo(HEIGHT);
            assertThat(source.strideBytes()).isGreaterThanOrEqualTo(WIDTH * 3);
            assertThat(frames).hasSize(FRAMES);
            assertThat(frames).extracting(SourceFrame::number).startsWith(1L).endsWith((long) FRAMES);
            assertThat(frames).allSatisfy(frame -> {
                assertThat(frame.pixels().remaining()).isEqualTo(source.strideBytes() * HEIGHT);
                assertThat(frame.position()).isCloseTo(Duration.ofMillis(40 * (frame.number() - 1)), Duration.ofMillis(1));
            });
        }
    }

    @Test
    void aFrameKeepsItsPixelsWhenLaterOnesAreDecoded() throws Exception {
        try (VideoSource source = VideoSource.open(clip())) {
            assertThat(all(source)).allSatisfy(frame -> {
                int lastPixel = (HEIGHT - 1) * source.strideBytes() + (WIDTH - 1) * 3;
                assertThat(frame.pixels().get(0) & 0xFF).isCloseTo(gray(frame.number() - 1), within(4));
                assertThat(frame.pixels().get(lastPixel) & 0xFF).isCloseTo(gray(frame.number() - 1), within(4));
            });
        }
    }

    @Test
    void theGraphInstanceIsNamedAfterTheFile() throws Exception {
        try (VideoSource source = VideoSource.open(clip())) {
            assertThat(source.name()).isEqualTo("front-door-1");
        }
    }

    @Test
    void aFileWithoutVideoIsRefused() throws Exception {
        Path text = Files.writeString(directory.resolve("notes.mp4"), "nothing to see here");
        assertThatThrownBy(() -> VideoSource.open(text))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("-Dvideo=" + text).hasMessageContaining("no video");
    }

    private static int gray(long index) {
        return (int) (20 + 7 * index);
    }

    private static List<SourceFrame> all(VideoSource source) throws Exception {
        List<SourceFrame> frames = new ArrayList<>();
        for (Optional<SourceFrame> next = source.next(); next.isPresent(); next = source.next()) {
            frames.add(next.get());
        }
        return frames;
    }

    /** Each frame of one shade of gray, lighter than the one before. */
    private Path clip() throws Exception {
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
        Path file = directory.resolve("front door#1.mp4");
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), WIDTH, HEIGHT);
             Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3)) {
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
            recorder.setVideoQuality(1);
            recorder.setFrameRate(25);
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
}
