package io.github.camellva.examples.quickstart;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.github.camellva.examples.rig.UsageException;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/** The decoded frames of a video file. */
final class VideoSource implements FrameSource {

    private final Path file;
    private final FFmpegFrameGrabber grabber;
    private final int width;
    private final int height;
    private final int strideBytes;
    private final long firstMicros;
    /** The next one; the grabber's own, so to be copied before another is grabbed. */
    private Frame ahead;
    private long taken;

    private VideoSource(Path file, FFmpegFrameGrabber grabber, Frame first) {
        this.file = file;
        this.grabber = grabber;
        this.width = first.imageWidth;
        this.height = first.imageHeight;
        this.strideBytes = first.imageStride;
        this.firstMicros = first.timestamp;
        this.ahead = first;
    }

    /** Decodes the first frame, so that what is no video is refused at once. */
    static VideoSource open(Path file) throws UsageException {
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
        grabber.setPixelFormat(avutil.AV_PIX_FMT_BGR24);
        try {
            grabber.start();
            Frame first = grabber.grabImage();
            if (first != null) {
                return new VideoSource(file, grabber, first);
            }
        } catch (FrameGrabber.Exception e) {
            // said below: what FFmpeg calls its errors helps nobody
        }
        closeQuietly(grabber);
        throw new UsageException("-Dvideo=" + file + ": there is no video in it that FFmpeg can decode;"
                                 + " accepted are files such as .mp4, .mkv and .ts");
    }

    @Override
    public String name() {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9._-]", "-");
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, "%s, %s, %dx%d, %.1f frames per second",
                file, grabber.getVideoCodecName(), width, height, grabber.getVideoFrameRate());
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public int strideBytes() {
        return strideBytes;
    }

    @Override
    public Optional<SourceFrame> next() throws IOException {
        if (ahead == null) {
            ahead = grabber.grabImage();
        }
        if (ahead == null) {
            return Optional.empty();
        }
        Frame frame = ahead;
        ahead = null;
        long micros = Math.max(0, frame.timestamp - firstMicros);
        return Optional.of(new SourceFrame(++taken, Duration.ofNanos(micros * 1000), copy(frame), List.of()));
    }

    @Override
    public void close() throws IOException {
        grabber.close();
    }

    /** The grabber decodes the next frame into the same memory, while this one is still under way. */
    private ByteBuffer copy(Frame frame) throws IOException {
        if (frame.imageWidth != width || frame.imageHeight != height || frame.imageStride != strideBytes) {
            throw new IOException("the video's size changes from " + width + "x" + height + " to " + frame.imageWidth + "x"
                                  + frame.imageHeight + "; a session has frames of one size");
        }
        byte[] pixels = new byte[strideBytes * height];
        ((ByteBuffer) frame.image[0]).get(0, pixels);
        return ByteBuffer.wrap(pixels);
    }

    private static void closeQuietly(FFmpegFrameGrabber grabber) {
        try {
            grabber.close();
        } catch (FrameGrabber.Exception e) {
            // it was not open
        }
    }
}
