package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.util.List;

import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/**
 * Converts pictures to RAW frames and back.
 * <p>
 * Components keep their values as far as a format has bits for them: 16-bit formats drop the lowest bits, and a format without
 * alpha drops alpha instead of blending it with a background. YUV420P is BT.601 in limited range (Y 16 to 235, U and V 16 to
 * 240). The protocol does not say which it is; FFmpeg converts RGB to it, and OpenCV reads I420 as it, unless told otherwise.
 */
public final class RawPixels {

    private RawPixels() {
    }

    /**
     * Converts a picture to a frame.
     *
     * @param  picture of the format's width and height; any type
     * @param  format  RAW
     * @return         {@link SampleFormat#frameBytes()} bytes from position 0; padding of rows is 0
     */
    public static ByteBuffer encode(BufferedImage picture, SampleFormat format) {
        requireRaw(format);
        ByteBuffer frame = ByteBuffer.allocate(format.frameBytes());
        encode(picture, format, frame);
        return frame;
    }

    /** Converts a picture to a frame that begins at the buffer's position; padding of rows stays as it is. */
    static void encode(BufferedImage picture, SampleFormat format, ByteBuffer frame) {
        if (picture.getWidth() != format.width() || picture.getHeight() != format.height()) {
            throw new IllegalArgumentException(
                    "a picture of " + picture.getWidth() + " x " + picture.getHeight() + " is not a frame of " + format);
        }
        write(PixelRows.of(picture), format, frame);
    }

    /** Writes a frame that begins at the buffer's position; padding of rows stays as it is. */
    static void write(PixelRows rows, SampleFormat format, ByteBuffer frame) {
        if (format.pixelFormat() == PixelFormat.YUV420P) {
            Yuv420p.write(rows, format, frame);
        } else {
            writePacked(rows, format, frame);
        }
    }

    /** Writes a picture of plain ints. */
    static void write(PixelRows rows, BufferedImage picture) {
        int[] row = new int[picture.getWidth()];
        for (int y = 0; y < picture.getHeight(); y++) {
            rows.read(y, row);
            picture.getRaster().setDataElements(0, y, row.length, 1, row);
        }
    }

    /** Rows of a frame that begins at the buffer's position. */
    static PixelRows rows(ByteBuffer frame, SampleFormat format) {
        return format.pixelFormat() == PixelFormat.YUV420P ? Yuv420p.rows(frame, format) : packedRows(frame, format);
    }

    /** A picture in {@linkplain #formatOf(BufferedImage) its format}; its own bytes, if they are that already. */
    static ByteBuffer bytes(BufferedImage picture) throws FrameException {
        SampleFormat format = formatOf(picture);
        Raster raster = picture.getRaster();
        if (picture.getType() == BufferedImage.TYPE_3BYTE_BGR && raster.getParent() == null
                && raster.getDataBuffer() instanceof DataBufferByte data && data.getOffset() == 0
                && data.getSize() == format.frameBytes()) {
            return ByteBuffer.wrap(data.getData());
        }
        return encode(picture, format);
    }

    /** The format that keeps all components of a picture, with a byte for each. */
    static SampleFormat formatOf(BufferedImage picture) throws FrameException {
        PixelFormat pixelFormat = picture.getColorModel().hasAlpha() ? PixelFormat.BGRA : PixelFormat.BGR24;
        try {
            return SampleFormat.raw(pixelFormat, picture.getWidth(), picture.getHeight(), 0, PictureLimits.MAX_BYTES);
        } catch (FormatException e) {
            throw new FrameException(e.getMessage(), e);
        }
    }

    /**
     * Converts a frame to a picture.
     *
     * @param  frame          its remaining bytes, of which those beyond {@link SampleFormat#frameBytes()} are ignored; its
     *                        position does not change
     * @param  format         RAW
     * @return                a picture of type INT_ARGB if the pixel format has alpha, else INT_RGB
     * @throws FrameException if there are too few bytes, or more than {@value PictureLimits#MAX_DRAWN_PIXELS} pixels
     */
    public static BufferedImage decode(ByteBuffer frame, SampleFormat format) throws FrameException {
        requireRaw(format);
        format.frameBytesOf(frame.remaining());
        PictureLimits.requireDrawable(format);
        BufferedImage picture = new BufferedImage(format.width(), format.height(), imageType(format.pixelFormat()));
        write(rows(frame, format), picture);
        return picture;
    }

    /**
     * Copies a frame to rows of another stride, without a look at its pixels.
     *
     * @param  frame          its remaining bytes, of which those beyond {@link SampleFormat#frameBytes()} are ignored; its
     *                        position does not change
     * @param  from           RAW
     * @param  to             differs from {@code from} by the stride only
     * @return                {@link SampleFormat#frameBytes()} bytes of {@code to}, from position 0
     * @throws FrameException if there are too few bytes
     */
    static ByteBuffer restride(ByteBuffer frame, SampleFormat from, SampleFormat to) throws FrameException {
        from.frameBytesOf(frame.remaining());
        ByteBuffer copy = ByteBuffer.allocate(to.frameBytes());
        restride(frame, from, copy, to);
        return copy;
    }

    /** The same, to a buffer from position 0. */
    static void restride(ByteBuffer frame, SampleFormat from, ByteBuffer copy, SampleFormat to) {
        List<Plane> source = Plane.of(from);
        List<Plane> target = Plane.of(to);
        for (int p = 0; p < source.size(); p++) {
            for (int y = 0; y < source.get(p).rows(); y++) {
                copy.put(target.get(p).row(y), frame, frame.position() + source.get(p).row(y), source.get(p).rowBytes());
            }
        }
    }

    private static void writePacked(PixelRows rows, SampleFormat format, ByteBuffer frame) {
        Plane plane = Plane.of(format).get(0);
        PackedRow packed = PackedRow.of(format.pixelFormat(), format.width());
        int[] row = new int[format.width()];
        for (int y = 0; y < plane.rows(); y++) {
            rows.read(y, row);
            packed.write(row, frame.slice(frame.position() + plane.row(y), plane.rowBytes()));
        }
    }

    private static PixelRows packedRows(ByteBuffer frame, SampleFormat format) {
        Plane plane = Plane.of(format).get(0);
        PackedRow packed = PackedRow.of(format.pixelFormat(), format.width());
        return (y, row) -> packed.read(frame.slice(frame.position() + plane.row(y), plane.rowBytes()), row);
    }

    private static int imageType(PixelFormat pixelFormat) {
        return switch (pixelFormat) {
            case ARGB, RGBA, ABGR, BGRA -> BufferedImage.TYPE_INT_ARGB;
            default -> BufferedImage.TYPE_INT_RGB;
        };
    }

    private static void requireRaw(SampleFormat format) {
        if (!format.isRaw()) {
            throw new IllegalArgumentException(
                    "a " + format.encoding() + " picture is not RAW; encoding RAW is accepted");
        }
    }
}
