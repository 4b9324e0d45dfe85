package io.github.camellva.grpc.media;

import io.github.camellva.proto.Dimensions;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

/**
 * The format of every frame of a session: its encoding and, for RAW, the bytes of a row and of a frame.
 *
 * @param encoding    of the picture
 * @param pixelFormat the order of the components in memory; {@link PixelFormat#NONE} unless the encoding is RAW
 * @param width       pixels in a row; 0 if the descriptor of encoded pictures does not say
 * @param height      rows; 0 if the descriptor of encoded pictures does not say
 * @param strideBytes bytes from one row to the next, padding included; for YUV420P, of the luma plane; 0 if the descriptor of
 *                    encoded pictures does not say
 * @param frameBytes  bytes of a RAW frame; 0 for encoded pictures, whose length differs from frame to frame
 */
public record SampleFormat(Encoding encoding, PixelFormat pixelFormat, int width, int height, int strideBytes, int frameBytes) {

    /**
     * Checks the format that a descriptor announces.
     *
     * @param  maxFrameBytes   the largest frame that is served, in bytes
     * @throws FormatException if the format contradicts itself, is unknown, or its frames exceed {@code maxFrameBytes}
     */
    public static SampleFormat of(VideoFrameSampleFormat announced, int maxFrameBytes) throws FormatException {
        if (announced.getEncoding() == Encoding.UNRECOGNIZED) {
            throw new FormatException(
                    "encoding " + announced.getEncodingValue() + " is unknown; BMP, JPG, PNG and RAW are accepted");
        }
        if (announced.getPixelFormat() == PixelFormat.UNRECOGNIZED) {
            throw new FormatException("pixel_format " + announced.getPixelFormatValue() + " is unknown");
        }
        int width = pixels("width", announced.getDimensions().getWidth());
        int height = pixels("height", announced.getDimensions().getHeight());
        return announced.getEncoding() == Encoding.RAW
                ? raw(
                        announced.getPixelFormat(), width, height, Integer.toUnsignedLong(announced.getStrideBytes()),
                        maxFrameBytes)
                : new SampleFormat(
                        announced.getEncoding(), announced.getPixelFormat(), width, height,
                        pixels("stride_bytes", announced.getStrideBytes()), 0);
    }

    /**
     * The format of RAW frames.
     *
     * @param  stride          bytes from one row to the next; 0 for the packed stride
     * @throws FormatException if a row does not fit its stride, or a frame would exceed {@code maxFrameBytes}
     */
    public static SampleFormat raw(PixelFormat pixelFormat, int width, int height, long stride, int maxFrameBytes)
            throws FormatException {
        if (pixelFormat == PixelFormat.NONE) {
            throw new FormatException("encoding RAW needs a pixel_format, and the descriptor has NONE");
        }
        if (width == 0 || height == 0) {
            throw new FormatException(
                    "encoding RAW needs dimensions, and the descriptor has " + width + " x " + height + " pixels");
        }
        long packed = (long) width * bytesPerPixel(pixelFormat);
        long effective = stride == 0 ? packed : stride;
        if (effective < packed) {
            throw new FormatException(
                    "stride_bytes " + stride + " is shorter than a row: " + width + " pixels of " + pixelFormat + " have "
                                      + packed + " bytes; announce at least that, or 0 for packed rows");
        }
        // a stride below 2^34 times rows below 2^31 can pass 2^63: bound the stride before multiplying
        long frame = effective > maxFrameBytes ? Long.MAX_VALUE : frameBytes(pixelFormat, effective, height);
        if (frame > maxFrameBytes) {
            throw new FormatException(
                    "a frame of " + width + " x " + height + " pixels of " + pixelFormat + " with " + effective
                                      + " bytes per row exceeds the largest message, " + maxFrameBytes
                                      + " bytes; send smaller pictures, encode them, or raise maxMessageSize");
        }
        return new SampleFormat(Encoding.RAW, pixelFormat, width, height, (int) effective, (int) frame);
    }

    /** The format of JPG, PNG or BMP pictures; 0 for an unknown width or height. */
    public static SampleFormat encoded(Encoding encoding, int width, int height) {
        return new SampleFormat(encoding, PixelFormat.NONE, width, height, 0, 0);
    }

    /** This format as a descriptor announces it, with the effective stride. */
    public VideoFrameSampleFormat toMessage() {
        return VideoFrameSampleFormat.newBuilder().setEncoding(encoding).setPixelFormat(pixelFormat).setStrideBytes(strideBytes)
                .setDimensions(Dimensions.newBuilder().setWidth(width).setHeight(height)).build();
    }

    /** Whether frames are bare pixels, whose length the descriptor tells. */
    public boolean isRaw() {
        return encoding == Encoding.RAW;
    }

    /** The media type of a frame; RAW has none of its own. */
    public String contentType() {
        return switch (encoding) {
            case JPG -> "image/jpeg";
            case PNG -> "image/png";
            case BMP -> "image/bmp";
            default -> "application/octet-stream";
        };
    }

    /**
     * How many of the bytes that a sample offers are the frame. More than a RAW frame needs is fine, and the rest is ignored:
     * published nodes refer to regions that are a byte too long.
     *
     * @param  offered        bytes of the content or of the region in shared memory, unsigned
     * @return                bytes of the frame
     * @throws FrameException if they are too few for a RAW frame, none, or more than any frame may have
     */
    public int frameBytesOf(long offered) throws FrameException {
        if (isRaw()) {
            if (Long.compareUnsigned(offered, frameBytes) < 0) {
                throw new FrameException(
                        "the sample has " + Long.toUnsignedString(offered) + " bytes, and a RAW " + pixelFormat + " frame of "
                                         + width + " x " + height + " with " + strideBytes + " bytes per row has "
                                         + frameBytes);
            }
            return frameBytes;
        }
        if (offered == 0) {
            throw new FrameException("the sample's " + encoding + " picture has no bytes");
        }
        if (offered < 0 || offered > Integer.MAX_VALUE) {
            throw new FrameException("the sample's " + encoding + " picture has " + Long.toUnsignedString(offered)
                                     + " bytes; maxMessageSize says how many are accepted, at most " + Integer.MAX_VALUE);
        }
        return (int) offered;
    }

    @Override
    public String toString() {
        return encoding + (isRaw() ? " " + pixelFormat : "") + " " + width + "x" + height;
    }

    private static int pixels(String name, int announced) throws FormatException {
        if (announced < 0) {
            throw new FormatException(
                    name + " " + Integer.toUnsignedString(announced) + " is too large; at most " + Integer.MAX_VALUE
                            + " is accepted");
        }
        return announced;
    }

    /** For YUV420P, bytes in the luma plane. */
    static int bytesPerPixel(PixelFormat pixelFormat) {
        return switch (pixelFormat) {
            case YUV420P -> 1;
            case RGB565BE, RGB565LE, RGB555BE, RGB555LE -> 2;
            case RGB24, BGR24 -> 3;
            case ARGB, RGBA, ABGR, BGRA -> 4;
            case NONE, UNRECOGNIZED -> throw new IllegalArgumentException(pixelFormat + " has no size");
        };
    }

    private static long frameBytes(PixelFormat pixelFormat, long stride, long rows) {
        long first = stride * rows;
        // a chroma sample covers two columns and two rows; an odd column or row at the edge has its own
        return pixelFormat == PixelFormat.YUV420P ? first + 2 * ((stride + 1) / 2) * ((rows + 1) / 2) : first;
    }
}
