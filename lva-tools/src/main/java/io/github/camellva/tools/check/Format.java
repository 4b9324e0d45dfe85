package io.github.camellva.tools.check;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.ImageIO;

import io.github.camellva.grpc.media.FormatException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.proto.Dimensions;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/**
 * What frames look like, and frames of it.
 *
 * @param stride bytes of a row; 0 for packed rows
 */
public record Format(Encoding encoding, PixelFormat pixelFormat, int width, int height, int stride) {

    private static final int LARGEST = 1 << 30;

    public static Format raw(PixelFormat pixelFormat, int width, int height) {
        return new Format(Encoding.RAW, pixelFormat, width, height, 0);
    }

    public static Format encoded(Encoding encoding, int width, int height) {
        return new Format(encoding, PixelFormat.NONE, width, height, 0);
    }

    /**
     * Reads {@code RAW/BGR24/640x480} or {@code JPG/416x416}.
     *
     * @throws IllegalArgumentException that says what is accepted
     */
    public static Format parse(String text) {
        String[] parts = text.toUpperCase(Locale.ROOT).split("/");
        try {
            Encoding encoding = Encoding.valueOf(parts[0]);
            String[] sides = parts[parts.length - 1].split("X");
            Format format = encoding == Encoding.RAW
                    ? raw(PixelFormat.valueOf(parts[1]), side(sides[0]), side(sides[1]))
                    : encoded(encoding, side(sides[0]), side(sides[1]));
            if (parts.length == (encoding == Encoding.RAW ? 3 : 2) && sides.length == 2
                    && format.pixelFormat != PixelFormat.NONE == (encoding == Encoding.RAW)) {
                return format;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // said below, in words
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no format; RAW/PIXELFORMAT/WIDTHxHEIGHT, JPG/WIDTHxHEIGHT, PNG/… and BMP/… are accepted,"
                                           + " for instance RAW/BGR24/640x480");
    }

    public boolean isRaw() {
        return encoding == Encoding.RAW;
    }

    public Format withStride(int bytes) {
        return new Format(encoding, pixelFormat, width, height, bytes);
    }

    public Format withSize(int newWidth, int newHeight) {
        return new Format(encoding, pixelFormat, newWidth, newHeight, stride);
    }

    /** As a descriptor announces it. */
    public VideoFrameSampleFormat.Builder toMessage() {
        return VideoFrameSampleFormat.newBuilder().setEncoding(encoding).setPixelFormat(pixelFormat).setStrideBytes(stride)
                .setDimensions(Dimensions.newBuilder().setWidth(width).setHeight(height));
    }

    /** Of a RAW frame. */
    public int packedStride() {
        return rawFormat(0).strideBytes();
    }

    /** Of a RAW frame. */
    public int frameBytes() {
        return rawFormat(stride).frameBytes();
    }

    /** A frame; those of other seeds differ. */
    public byte[] frame(int seed) {
        return isRaw() ? pixels(frameBytes(), seed) : picture(seed);
    }

    @Override
    public String toString() {
        return encoding + (isRaw() ? "/" + pixelFormat : "") + "/" + width + "x" + height;
    }

    private SampleFormat rawFormat(int rowBytes) {
        try {
            return SampleFormat.raw(pixelFormat, width, height, rowBytes, LARGEST);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static byte[] pixels(int length, int seed) {
        byte[] pixels = new byte[length];
        for (int i = 0; i < length; i++) {
            pixels[i] = (byte) (i * 31 + seed * 7);
        }
        return pixels;
    }

    private byte[] picture(int seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setColor(Color.getHSBColor(seed % 16 / 16f, 0.5f, 0.8f));
            pen.fillRect(0, 0, width, height);
            pen.setColor(Color.WHITE);
            pen.fillOval(seed % 8 * width / 10, height / 4, width / 4, height / 4);
        } finally {
            pen.dispose();
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, encoding.name(), encoded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoded.toByteArray();
    }

    private static int side(String pixels) {
        int side = Integer.parseInt(pixels);
        if (side < 1 || side > 16_384) {
            throw new IllegalArgumentException();
        }
        return side;
    }
}
