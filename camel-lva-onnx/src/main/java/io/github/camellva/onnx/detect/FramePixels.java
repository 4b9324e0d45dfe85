package io.github.camellva.onnx.detect;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.util.Optional;

import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.FramePreparation;
import io.github.camellva.grpc.media.PictureCodec;
import io.github.camellva.grpc.media.PictureConverters;
import io.github.camellva.grpc.media.PreparedFrame;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/**
 * The pixels of a frame where they lie.
 *
 * @param bytes  of the frame from position 0 on
 * @param format RAW, of a pixel format with a byte for each component
 */
public record FramePixels(ByteBuffer bytes, SampleFormat format) {

    /** The largest frame, before and after decoding. */
    public static final int MOST_BYTES = 1 << 28;

    /** What the JDK decodes is taken where it lies. */
    private static final String JDK = "jdk";
    private static final FramePreparation TO_BGR
            = new FramePreparation(Optional.empty(), Encoding.RAW, PixelFormat.BGR24, 0, 0, MOST_BYTES);
    private static final FramePreparation TO_RGB
            = new FramePreparation(Optional.empty(), Encoding.RAW, PixelFormat.RGB24, 0, 0, MOST_BYTES);

    /**
     * Of bare pixels. Those with a byte for each component stay where they are.
     *
     * @throws FrameException if there are too few for the format
     */
    public static FramePixels ofRaw(ByteBuffer frame, SampleFormat format) throws FrameException {
        return switch (format.pixelFormat()) {
            case RGB24, BGR24, RGBA, BGRA, ARGB, ABGR -> {
                format.frameBytesOf(frame.remaining());
                yield new FramePixels(frame.slice(), format);
            }
            default -> of(TO_RGB.prepare(frame, format));
        };
    }

    /**
     * Of a JPG, PNG or BMP picture.
     *
     * @throws FrameException if it is none, is broken, or is larger than what is accepted
     */
    public static FramePixels ofPicture(ByteBuffer picture) throws FrameException {
        return JDK.equals(PictureConverters.preferred().name()) ? of(PictureCodec.decode(picture)) : of(TO_BGR.prepare(picture));
    }

    /** Of a picture in memory; one of type 3BYTE_BGR stays where it is. */
    public static FramePixels of(BufferedImage picture) throws FrameException {
        return picture.getType() == BufferedImage.TYPE_3BYTE_BGR && picture.getRaster().getParent() == null
                ? ofBytes(picture, ((DataBufferByte) picture.getRaster().getDataBuffer()).getData())
                : of(TO_RGB.prepare(picture));
    }

    /** Nothing to be seen. */
    public static FramePixels black(int width, int height) {
        return new FramePixels(ByteBuffer.allocate(3 * width * height),
                new SampleFormat(Encoding.RAW, PixelFormat.RGB24, width, height, 3 * width, 3 * width * height));
    }

    public int width() {
        return format.width();
    }

    public int height() {
        return format.height();
    }

    /** The largest part of these proportions, around the middle. */
    FramePixels middle(int proportionWidth, int proportionHeight) {
        int width = (int) Math.max(1, Math.min(width(), (long) height() * proportionWidth / proportionHeight));
        int height = (int) Math.max(1, Math.min(height(), (long) width() * proportionHeight / proportionWidth));
        int left = (width() - width) / 2;
        int top = (height() - height) / 2;
        int start = top * format.strideBytes() + left * bytesPerPixel();
        return new FramePixels(
                bytes.slice(start, bytes.capacity() - start),
                new SampleFormat(Encoding.RAW, format.pixelFormat(), width, height, format.strideBytes(), format.frameBytes()));
    }

    /** Copies a row, as far as it has pixels. */
    void row(int y, byte[] row) {
        bytes.get(y * format.strideBytes(), row);
    }

    int bytesPerPixel() {
        return format.pixelFormat() == PixelFormat.RGB24 || format.pixelFormat() == PixelFormat.BGR24 ? 3 : 4;
    }

    /** Where red, green and blue are in the bytes of a pixel. */
    int[] componentOffsets() {
        return switch (format.pixelFormat()) {
            case RGB24, RGBA -> new int[] { 0, 1, 2 };
            case BGR24, BGRA -> new int[] { 2, 1, 0 };
            case ARGB -> new int[] { 1, 2, 3 };
            case ABGR -> new int[] { 3, 2, 1 };
            default -> throw new IllegalStateException(format + " has no byte for each component");
        };
    }

    private static FramePixels ofBytes(BufferedImage picture, byte[] bytes) throws FrameException {
        try {
            return new FramePixels(ByteBuffer.wrap(bytes),
                    SampleFormat.raw(PixelFormat.BGR24, picture.getWidth(), picture.getHeight(), 0, MOST_BYTES));
        } catch (FormatException e) {
            throw new FrameException(e.getMessage(), e);
        }
    }

    private static FramePixels of(PreparedFrame frame) {
        return new FramePixels(frame.bytes(), frame.format());
    }
}
