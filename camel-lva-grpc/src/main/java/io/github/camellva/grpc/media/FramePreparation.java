package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Optional;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/**
 * Makes of any picture a frame of one encoding and, if wanted, one size. What already is such a frame passes through: its
 * bytes are neither copied nor decoded.
 *
 * @param scale         the size; empty to leave pictures as large as they are
 * @param encoding      what is sent
 * @param pixelFormat   for encoding RAW; else of no meaning
 * @param strideBytes   for encoding RAW, bytes from one row to the next; 0 for packed rows
 * @param jpegQuality   for encoding JPG, 0 to 100
 * @param maxFrameBytes the largest RAW frame that is made
 */
public record FramePreparation(
        Optional<ScaleTarget> scale, Encoding encoding, PixelFormat pixelFormat, int strideBytes, int jpegQuality,
        int maxFrameBytes) {

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
     * @param  picture        of any type
     * @throws FrameException if it does not fit the format
     */
    public PreparedFrame prepare(BufferedImage picture) throws FrameException {
        Scaling scaling = scaling(picture.getWidth(), picture.getHeight());
        SampleFormat format = format(scaling);
        return new PreparedFrame(encode(scaling.draw(picture), format), format, scaling);
    }

    /**
     * @param  picture        JPG, PNG or BMP, as its first bytes tell, from the buffer's position to its limit; its position
     *                        does not change
     * @throws FrameException if it is no such picture, or does not fit the format
     */
    public PreparedFrame prepare(ByteBuffer picture) throws FrameException {
        PictureHeader header = PictureHeader.of(picture);
        Scaling scaling = scaling(header.width(), header.height());
        if (header.encoding() == encoding && scaling.keeps(header.width(), header.height())) {
            return new PreparedFrame(picture.slice(), format(scaling), scaling);
        }
        return prepare(PictureCodec.decode(picture));
    }

    /**
     * @param  frame          from the buffer's position to its limit; its position does not change. Bytes beyond those of a RAW
     *                        frame are left out
     * @param  format         what the frame is; if not RAW, what its first bytes tell counts
     * @throws FrameException if it is no such frame, or does not fit the format that is sent
     */
    public PreparedFrame prepare(ByteBuffer frame, SampleFormat format) throws FrameException {
        return format.isRaw() ? prepareRaw(frame, format) : prepare(frame);
    }

    private PreparedFrame prepareRaw(ByteBuffer frame, SampleFormat from) throws FrameException {
        Scaling scaling = scaling(from.width(), from.height());
        if (encoding != Encoding.RAW || pixelFormat != from.pixelFormat() || !scaling.keeps(from.width(), from.height())) {
            return prepare(RawPixels.decode(frame, from));
        }
        SampleFormat to = format(scaling);
        ByteBuffer bytes = to.equals(from)
                ? frame.slice(frame.position(), from.frameBytesOf(frame.remaining()))
                : RawPixels.restride(frame, from, to);
        return new PreparedFrame(bytes, to, scaling);
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

    private ByteBuffer encode(BufferedImage picture, SampleFormat format) throws FrameException {
        return switch (encoding) {
            case JPG -> PictureCodec.encodeJpg(picture, jpegQuality);
            case PNG -> PictureCodec.encodePng(picture);
            case BMP -> PictureCodec.encodeBmp(picture);
            default -> RawPixels.encode(picture, format);
        };
    }
}
