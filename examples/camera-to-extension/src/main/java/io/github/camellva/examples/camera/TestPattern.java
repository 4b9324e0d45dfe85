package io.github.camellva.examples.camera;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.camellva.examples.rig.Source;
import io.github.camellva.examples.rig.SourceFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameFilter;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameFilter;
import org.bytedeco.javacv.Java2DFrameConverter;

/** A picture that moves, made by FFmpeg's filters, without end. */
final class TestPattern implements Source {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int FRAMES_PER_SECOND = 25;
    /** Not by FFmpeg's device lavfi, which needs sound libraries of the system. JavaCV wants an input even where there is none. */
    private static final String GRAPH = "[in]nullsink;testsrc2=size=" + WIDTH + "x" + HEIGHT + ":rate=" + FRAMES_PER_SECOND
                                        + ",format=bgr24[out]";

    private final FFmpegFrameFilter filter = new FFmpegFrameFilter(GRAPH, WIDTH, HEIGHT);
    private Instant due;

    static TestPattern open() throws IOException {
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
        TestPattern pattern = new TestPattern();
        try {
            pattern.filter.start();
            return pattern;
        } catch (FrameFilter.Exception e) {
            pattern.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "test-pattern";
    }

    @Override
    public String description() {
        return "FFmpeg's test pattern, " + WIDTH + "x" + HEIGHT + ", " + FRAMES_PER_SECOND + ".0 frames per second";
    }

    @Override
    public Kind kind() {
        return Kind.RECORDING;
    }

    @Override
    public Optional<SourceFrame> next() throws IOException {
        due = due == null ? Instant.now() : due.plus(Duration.ofSeconds(1).dividedBy(FRAMES_PER_SECOND));
        Frame frame = filter.pull();
        // a converter fills the same image again and again, while the one before is still under way
        try (Java2DFrameConverter converter = new Java2DFrameConverter()) {
            return Optional.of(new SourceFrame(due, converter.convert(frame)));
        }
    }

    @Override
    public void close() throws IOException {
        filter.close();
    }
}
