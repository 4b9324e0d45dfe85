package io.github.camellva.examples.camera;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camellva.examples.rig.Source;
import io.github.camellva.examples.rig.SourceFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.Java2DFrameConverter;

/** The decoded frames of whatever FFmpeg opens. */
final class FfmpegSource implements Source {

    private static final Pattern ERROR = Pattern.compile("error (-\\d+)");

    private final String name;
    private final String what;
    private final Kind kind;
    private final FFmpegFrameGrabber grabber;
    private final long firstMicros;
    /** The next one; the grabber's own, so to be copied before another is grabbed. */
    private Frame ahead;
    private Instant start;

    private FfmpegSource(String name, String what, Kind endless, FFmpegFrameGrabber grabber, Frame first) {
        this.name = name;
        this.what = what;
        this.kind = grabber.getLengthInTime() > 0 ? Kind.RECORDING : endless;
        this.grabber = grabber;
        this.firstMicros = first.timestamp;
        this.ahead = first;
    }

    /**
     * Decodes the first frame, so that what is no video is refused at once.
     *
     * @param  endless                what it is if it has no known end; what has one is a recording
     * @param  grabber                configured and not started; closed if there is nothing to grab
     * @throws FrameGrabber.Exception if it cannot be opened, or has no video; the message says why, as FFmpeg knows it
     */
    static FfmpegSource open(String name, String what, Kind endless, FFmpegFrameGrabber grabber) throws FrameGrabber.Exception {
        // what matters is said by exceptions
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
        grabber.setPixelFormat(avutil.AV_PIX_FMT_BGR24);
        try {
            grabber.start();
            Frame first = grabber.grabImage();
            if (first == null) {
                throw new FrameGrabber.Exception("there is no video in it that FFmpeg can decode");
            }
            return new FfmpegSource(name, what, endless, grabber, first);
        } catch (FrameGrabber.Exception e) {
            grabber.close();
            throw new FrameGrabber.Exception(reason(e), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, "%s, %dx%d, %.1f frames per second",
                what, grabber.getImageWidth(), grabber.getImageHeight(), grabber.getVideoFrameRate());
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public long frameBytes() {
        return 3L * grabber.getImageWidth() * grabber.getImageHeight();
    }

    @Override
    public Optional<SourceFrame> next() throws IOException {
        Frame frame = ahead != null ? ahead : grabber.grabImage();
        ahead = null;
        if (frame == null) {
            return Optional.empty();
        }
        // a converter fills the same image again and again, while the one before is still under way
        try (Java2DFrameConverter converter = new Java2DFrameConverter()) {
            return Optional.of(new SourceFrame(taken(frame), converter.convert(frame)));
        }
    }

    @Override
    public void close() throws IOException {
        grabber.close();
    }

    private Instant taken(Frame frame) {
        if (kind == Kind.LIVE) {
            return Instant.now();
        }
        start = start == null ? Instant.now() : start;
        return start.plus(Math.max(0, frame.timestamp - firstMicros), ChronoUnit.MICROS);
    }

    /** What the number in a message stands for. */
    private static String reason(FrameGrabber.Exception failure) {
        Matcher error = ERROR.matcher(failure.getMessage());
        if (!error.find()) {
            return failure.getMessage();
        }
        byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
        avutil.av_strerror(Integer.parseInt(error.group(1)), text, text.length);
        return new String(text, StandardCharsets.UTF_8).replaceFirst("\0.*", "");
    }
}
