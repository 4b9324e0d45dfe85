package io.github.camellva.examples.benchmark;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

import javax.imageio.ImageIO;

import io.github.camellva.proto.Dimensions;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** What the frames of a load are. Their bytes are random, since nothing that is measured looks at pixels. */
enum Payload {

    /** Samples without content. */
    EMPTY("empty", 0, 8, Encoding.RAW, PixelFormat.RGB24, 416, 416),
    JPEG("jpeg", 22_528, 8, Encoding.JPG, PixelFormat.NONE, 416, 416),
    RGB24_416("416", 416 * 416 * 3, 8, Encoding.RAW, PixelFormat.RGB24, 416, 416),
    RGB24_1080P("1080p", 1920 * 1080 * 3, 4, Encoding.RAW, PixelFormat.RGB24, 1920, 1080);

    private static final int SEED = 17;
    /** The marker that ends a JPG. */
    private static final int END_BYTES = 2;

    private final String label;
    private final int bytes;
    private final int mostInFlight;
    private final VideoFrameSampleFormat format;

    Payload(String label, int bytes, int mostInFlight, Encoding encoding, PixelFormat pixelFormat, int width, int height) {
        this.label = label;
        this.bytes = bytes;
        this.mostInFlight = mostInFlight;
        this.format = VideoFrameSampleFormat.newBuilder().setEncoding(encoding).setPixelFormat(pixelFormat)
                .setDimensions(Dimensions.newBuilder().setWidth(width).setHeight(height)).build();
    }

    /** As options and tables name it. */
    @Override
    public String toString() {
        return label;
    }

    /** Of one frame. */
    int bytes() {
        return bytes;
    }

    /** As many frames of a session in flight as asked for, but few large ones: they soon fill the memory of all processes. */
    int allowed(int inFlight) {
        return Math.min(inFlight, mostInFlight);
    }

    VideoFrameSampleFormat format() {
        return format;
    }

    /** One frame, the same in every process. */
    byte[] frame() {
        byte[] frame = new byte[bytes];
        new Random(SEED).nextBytes(frame);
        if (format.getEncoding() == Encoding.JPG) {
            byte[] picture = picture();
            int end = picture.length - END_BYTES;
            System.arraycopy(picture, 0, frame, 0, end);
            // where every camera has it, and where it is looked for
            System.arraycopy(picture, end, frame, bytes - END_BYTES, END_BYTES);
        }
        return frame;
    }

    /** A small file. */
    private byte[] picture() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            Dimensions size = format.getDimensions();
            ImageIO.write(new BufferedImage(size.getWidth(), size.getHeight(), BufferedImage.TYPE_INT_RGB), "jpg", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
