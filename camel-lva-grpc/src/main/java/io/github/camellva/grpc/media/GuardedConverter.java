package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a quick converter what suits it: frames that are whole, of sizes and formats that matter, and JPGs as cameras make them.
 * The rest, and what the quick one refuses, is left to the JDK, so that broken pictures fare alike with every converter.
 */
final class GuardedConverter implements PictureConverter {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedConverter.class);

    /** Filters of swscale are cut off in smaller pictures. */
    private static final int SHORTEST_SIDE = 16;

    private final PictureConverter quick;
    private final PictureConverter jdk;

    /** What is done with one of the two. */
    @FunctionalInterface
    private interface Conversion<T> {
        T by(PictureConverter converter) throws FrameException;
    }

    /** A picture whose size is known from its own bytes, if it is encoded. PNG and BMP are decoded already. */
    private record Picture(ByteBuffer bytes, SampleFormat format) {

        static Picture of(ByteBuffer picture, SampleFormat format) throws FrameException {
            if (format.isRaw()) {
                format.frameBytesOf(picture.remaining());
                PictureLimits.requireDrawable(format);
                return new Picture(picture, format);
            }
            PictureHeader header = PictureHeader.of(picture);
            if (header.encoding() == Encoding.JPG) {
                return new Picture(picture, SampleFormat.encoded(Encoding.JPG, header.width(), header.height()));
            }
            BufferedImage image = PictureCodec.decode(picture);
            return new Picture(RawPixels.bytes(image), RawPixels.formatOf(image));
        }

        boolean suits(Scaling scaling) {
            int shortest = Math.min(Math.min(format.width(), format.height()), Math.min(scaling.width(), scaling.height()));
            return shortest >= SHORTEST_SIDE && (format.isRaw() ? hasBytes(format) : isPlainJpg());
        }

        private boolean isPlainJpg() {
            try {
                PictureLimits.requireDecodable(new PictureHeader(Encoding.JPG, format.width(), format.height()), bytes);
                return PictureLimits.mayDraw(format.width(), format.height()) && JpgMarkers.of(bytes.slice()).arePlain();
            } catch (IOException e) {
                return false;
            }
        }
    }

    GuardedConverter(PictureConverter quick, PictureConverter jdk) {
        this.quick = quick;
        this.jdk = jdk;
    }

    @Override
    public String name() {
        return quick.name();
    }

    @Override
    public void toRaw(ByteBuffer picture, SampleFormat from, Scaling scaling, ByteBuffer frame, SampleFormat to) throws FrameException {
        requireRoom(scaling, frame, to);
        Picture input = Picture.of(picture, from);
        convert(input.suits(scaling) && hasBytes(to), converter -> {
            converter.toRaw(input.bytes, input.format, scaling, frame, to);
            return frame;
        });
    }

    @Override
    public ByteBuffer toJpg(ByteBuffer picture, SampleFormat from, Scaling scaling, int quality) throws FrameException {
        PictureCodec.requireQuality(quality);
        Picture input = Picture.of(picture, from);
        return convert(input.suits(scaling), converter -> converter.toJpg(input.bytes, input.format, scaling, quality));
    }

    private <T> T convert(boolean suits, Conversion<T> conversion) throws FrameException {
        if (suits) {
            try {
                return conversion.by(quick);
            } catch (FrameException | UnsupportedOperationException e) {
                LOG.debug("A picture that {} does not convert is left to the JDK: {}", quick.name(), e.getMessage());
            }
        }
        return conversion.by(jdk);
    }

    /** Formats with less than a byte for a component are rare, and made of pixels that are scaled already. */
    private static boolean hasBytes(SampleFormat format) {
        return format.pixelFormat() == PixelFormat.YUV420P || SampleFormat.bytesPerPixel(format.pixelFormat()) > 2;
    }

    private static void requireRoom(Scaling scaling, ByteBuffer frame, SampleFormat to) {
        if (!to.isRaw() || to.width() != scaling.canvasWidth() || to.height() != scaling.canvasHeight()) {
            throw new IllegalArgumentException("a frame of " + to + " is not the canvas of " + scaling.canvasWidth() + " x "
                                               + scaling.canvasHeight());
        }
        if (frame.remaining() < to.frameBytes()) {
            throw new IllegalArgumentException("a frame of " + to + " has " + to.frameBytes() + " bytes, and the buffer has room for "
                                               + frame.remaining());
        }
    }
}
