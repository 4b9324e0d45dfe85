package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Optional;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/**
 * Turns any picture into a frame of one encoding and, on request, one size. A picture that already is such a frame passes
 * through: its bytes are neither copied nor decoded. What is too large is refused before it is decoded.
 *
 * @param scale         the size; empty to keep the size of each picture
 * @param encoding      of the frames
 * @param pixelFormat   for encoding RAW; otherwise meaningless
 * @param strideBytes   for encoding RAW, bytes from one row to the next; 0 for packed rows
 * @param jpegQuality   for encoding JPG, 0 to 100
 * @param maxFrameBytes the largest RAW frame
 * @param converter     of pictures
 */
public record FramePreparation(
        Optional<ScaleTarget> scale, Encoding encoding, PixelFormat pixelFormat, int strideBytes, int jpegQuality,
        int maxFrameBytes, PictureConverter converter) {

    /** With the {@linkplain PictureConverters#preferred() preferred} converter. */
    public FramePreparation(
            Optional<ScaleTarget> scale, Encoding encoding, PixelFormat pixelFormat, int strideBytes, int jpegQuality,
            int maxFrameBytes) {
        this(scale, encoding, pixelFormat, strideBytes, jpegQuality, maxFrameBytes, PictureConverters.preferred());
    }

    /** @throws IllegalArgumentException naming the option that cannot be served, and what is accepted */
    public FramePreparation {
        if (encoding == Encoding.UNRECOGNIZED) {
            throw new IllegalArgumentException("the encoding is unknown; RAW, JPG, PNG and BMP are accepted");
        }
        if (encoding == Encoding.RAW && (pixelFormat == PixelFormat.NONE || pixelFormat == PixelFormat.UNRECOGNIZED)) {
            throw new IllegalArgumentException("encoding RAW needs a pixelFormat, and it is " + pixelFormat);
        }
        if (strideBytes < 0) {
            throw new IllegalArgumentException(
                    "strideBytes " + strideBytes + " is negative; 0 for packed rows, or more is accepted");
        }
        PictureCodec.requireQuality(jpegQuality);
    }

    /**
     * Prepares a picture in memory.
     *
     * @param  picture        of any type
     * @throws FrameException if it does not fit the format
     */
    public PreparedFrame prepare(BufferedImage picture) throws FrameException {
        Scaling scaling = scaling(picture.getWidth(), picture.getHeight());
        SampleFormat to = format(scaling);
        if (isConverted()) {
            SampleFormat pixels = RawPixels.formatOf(picture);
            return convert(RawPixels.bytes(picture), pixels, scaling, to);
        }
        return new PreparedFrame(encode(scaling.draw(picture)), to, scaling);
    }

    /**
     * Prepares an encoded picture.
     *
     * @param  picture        JPG, PNG or BMP, as its first bytes tell, from the buffer's position to its limit; its position
     *                        does not change
     * @throws FrameException if it is not such a picture, is too large, or does not fit the format
     */
    public PreparedFrame prepare(ByteBuffer picture) throws FrameException {
        PictureHeader header = PictureHeader.of(picture);
        Scaling scaling = scaling(header.width(), header.height());
        SampleFormat format = format(scaling);
        return header.encoding() == encoding && scaling.keeps(header.width(), header.height())
                ? new PreparedFrame(picture.slice(), format, scaling)
                : convert(picture, SampleFormat.encoded(header.encoding(), header.width(), header.height()), scaling, format);
    }

    /**
     * Prepares a frame of a known format.
     *
     * @param  frame          from the buffer's position to its limit; its position does not change. Bytes beyond those of a RAW
     *                        frame are left out
     * @param  format         of the frame; unless it is RAW, the frame's first bytes count instead
     * @throws FrameException if it is not such a frame, is too large, or does not fit the format that is sent
     */
    public PreparedFrame prepare(ByteBuffer frame, SampleFormat format) throws FrameException {
        return format.isRaw() ? prepareRaw(frame, format) : prepare(frame);
    }

    private PreparedFrame prepareRaw(ByteBuffer frame, SampleFormat from) throws FrameException {
        Scaling scaling = scaling(from.width(), from.height());
        SampleFormat to = format(scaling);
        if (encoding != Encoding.RAW || pixelFormat != from.pixelFormat() || !scaling.keeps(from.width(), from.height())) {
            return convert(frame, from, scaling, to);
        }
        ByteBuffer bytes = to.equals(from)
                ? frame.slice(frame.position(), from.frameBytesOf(frame.remaining()))
                : RawPixels.restride(frame, from, to);
        return new PreparedFrame(bytes, to, scaling);
    }

    private PreparedFrame convert(ByteBuffer picture, SampleFormat from, Scaling scaling, SampleFormat to) throws FrameException {
        return new PreparedFrame(converted(picture, from, scaling, to), to, scaling);
    }

    private ByteBuffer converted(ByteBuffer picture, SampleFormat from, Scaling scaling, SampleFormat to) throws FrameException {
        if (encoding == Encoding.RAW) {
            ByteBuffer frame = ByteBuffer.allocate(to.frameBytes());
            converter.toRaw(picture, from, scaling, frame, to);
            return frame;
        }
        return isConverted()
                ? converter.toJpg(picture, from, scaling, jpegQuality)
                : encode(scaling.draw(PictureCodec.decode(picture, from)));
    }

    /** Nobody sends PNG or BMP for speed: they are left to the JDK. */
    private boolean isConverted() {
        return encoding == Encoding.RAW || encoding == Encoding.JPG;
    }

    private Scaling scaling(int width, int height) throws FrameException {
        return scale.isPresent() ? scale.get().of(width, height) : Scaling.filling(width, height);
    }

    private SampleFormat format(Scaling scaling) throws FrameException {
        int width = scaling.canvasWidth();
        int height = scaling.canvasHeight();
        if (encoding != Encoding.RAW) {
            return SampleFormat.encoded(encoding, width, height);
        }
        try {
            return SampleFormat.raw(pixelFormat, width, height, strideBytes, maxFrameBytes);
        } catch (FormatException e) {
            throw new FrameException(e.getMessage(), e);
        }
    }

    private ByteBuffer encode(BufferedImage picture) throws FrameException {
        return encoding == Encoding.PNG ? PictureCodec.encodePng(picture) : PictureCodec.encodeBmp(picture);
    }
}
