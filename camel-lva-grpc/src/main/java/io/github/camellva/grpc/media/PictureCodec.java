package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/** Encodes and decodes JPG, PNG and BMP with the JDK's ImageIO, in memory. */
public final class PictureCodec {

    private PictureCodec() {
    }

    /**
     * Encodes a picture as JPG. Alpha is dropped, not blended with a background.
     *
     * @param  quality        0 (smallest) to 100 (best)
     * @return                the bytes, from position 0
     * @throws FrameException if the picture is too large: JPG has at most 65500 columns and rows
     */
    public static ByteBuffer encodeJpg(BufferedImage picture, int quality) throws FrameException {
        requireQuality(quality);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality / 100f);
        return write(withoutAlpha(picture), writer, settings);
    }

    /**
     * Encodes a picture as PNG, with alpha if it has any.
     *
     * @return                the bytes, from position 0
     * @throws FrameException if the picture is too large
     */
    public static ByteBuffer encodePng(BufferedImage picture) throws FrameException {
        return write(withPlainInts(picture), "png");
    }

    /**
     * Encodes a picture as BMP with 24 bits per pixel. Alpha is dropped, not blended with a background.
     *
     * @return                the bytes, from position 0
     * @throws FrameException if the picture is too large
     */
    public static ByteBuffer encodeBmp(BufferedImage picture) throws FrameException {
        return write(withoutAlpha(picture), "bmp");
    }

    /**
     * Decodes a JPG, PNG or BMP picture.
     *
     * @param  picture        the bytes from the buffer's position to its limit; its position does not change
     * @throws FrameException if they are not a JPG, PNG or BMP picture, are broken, or would take more than
     *                        {@value PictureLimits#MAX_BYTES} bytes of memory
     */
    public static BufferedImage decode(ByteBuffer picture) throws FrameException {
        PictureHeader header = PictureHeader.of(picture);
        String what = "the " + header.encoding() + " picture of " + header.width() + " x " + header.height() + " pixels and "
                      + picture.remaining() + " bytes";
        ImageReader reader = ImageIO.getImageReadersByFormatName(formatName(header.encoding())).next();
        try (BufferImageInput input = new BufferImageInput(picture)) {
            PictureLimits.requireDecodable(header, picture);
            reader.setInput(input, true, true);
            PictureLimits.requireDecodable(header, reader);
            return reader.read(0);
        } catch (IOException | RuntimeException e) {
            // the decoders fail on some broken pictures with a RuntimeException
            throw new FrameException(what + " cannot be decoded: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
    }

    /** Decodes a picture of any encoding, RAW included. */
    static BufferedImage decode(ByteBuffer picture, SampleFormat format) throws FrameException {
        return format.isRaw() ? RawPixels.decode(picture, format) : decode(picture);
    }

    /**
     * Whether a picture is a JPG whose end is missing. Decoders fill what is missing with grey.
     *
     * @param picture the bytes from the buffer's position to its limit; its position does not change
     */
    public static boolean isTruncatedJpg(ByteBuffer picture) {
        ByteBuffer bytes = picture.slice();
        return bytes.limit() >= 2 && bytes.getShort(0) == (short) 0xffd8 && !JpgMarkers.of(bytes).haveEnd();
    }

    static void requireQuality(int quality) {
        if (quality < 0 || quality > 100) {
            throw new IllegalArgumentException("jpegQuality " + quality + " is out of range; 0 to 100 is accepted");
        }
    }

    private static String formatName(Encoding encoding) {
        return switch (encoding) {
            case JPG -> "jpeg";
            case PNG -> "png";
            case BMP -> "bmp";
            case RAW, UNRECOGNIZED -> throw new IllegalArgumentException(encoding + " is not an encoding of pictures");
        };
    }

    /** The JDK encodes JPG and BMP twice as fast from this type as from any other. */
    private static BufferedImage withoutAlpha(BufferedImage picture) {
        if (picture.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            return picture;
        }
        int width = picture.getWidth();
        BufferedImage opaque = new BufferedImage(width, picture.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        PixelRows rows = PixelRows.of(picture);
        PackedRow packed = PackedRow.of(PixelFormat.RGB24, width);
        int[] row = new int[width];
        byte[] bytes = new byte[3 * width];
        for (int y = 0; y < picture.getHeight(); y++) {
            rows.read(y, row);
            packed.write(row, ByteBuffer.wrap(bytes));
            // bands go red first, whatever their order in memory
            opaque.getRaster().setDataElements(0, y, width, 1, bytes);
        }
        return opaque;
    }

    private static BufferedImage withPlainInts(BufferedImage picture) {
        int type = PixelRows.intType(picture);
        if (picture.getType() == type) {
            return picture;
        }
        BufferedImage plain = new BufferedImage(picture.getWidth(), picture.getHeight(), type);
        PixelRows rows = PixelRows.of(picture);
        int[] row = new int[picture.getWidth()];
        for (int y = 0; y < picture.getHeight(); y++) {
            rows.read(y, row);
            plain.getRaster().setDataElements(0, y, row.length, 1, row);
        }
        return plain;
    }

    private static ByteBuffer write(BufferedImage picture, String formatName) throws FrameException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(formatName).next();
        return write(picture, writer, writer.getDefaultWriteParam());
    }

    private static ByteBuffer write(BufferedImage picture, ImageWriter writer, ImageWriteParam settings)
            throws FrameException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, null), settings);
        } catch (IOException e) {
            throw new FrameException(
                    "a picture of " + picture.getWidth() + " x " + picture.getHeight() + " pixels cannot be encoded: "
                                     + e.getMessage(),
                    e);
        } finally {
            writer.dispose();
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}
