package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;

/**
 * What the first bytes of an encoded picture say about it, without decoding it.
 *
 * @param encoding JPG, PNG or BMP
 * @param width    pixels, 1 or more
 * @param height   rows, 1 or more
 */
public record PictureHeader(Encoding encoding, int width, int height) {

    private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int PNG_HEADER_BYTES = 24;
    private static final int BMP_HEADER_BYTES = 26;
    /** The size of the oldest BMP header, whose sides have 16 bits. */
    private static final int BMP_CORE_SIZE = 12;

    /**
     * Reads the header.
     *
     * @param  picture        the bytes from the buffer's position to its limit; its position does not change
     * @throws FrameException if they are not a JPG, PNG or BMP picture
     */
    public static PictureHeader of(ByteBuffer picture) throws FrameException {
        ByteBuffer bytes = picture.slice();
        PictureHeader header = null;
        if (bytes.limit() >= PNG_HEADER_BYTES && bytes.getLong(0) == PNG_SIGNATURE) {
            header = new PictureHeader(Encoding.PNG, bytes.getInt(16), bytes.getInt(20));
        } else if (bytes.limit() >= BMP_HEADER_BYTES && bytes.get(0) == 'B' && bytes.get(1) == 'M') {
            header = bmp(bytes.order(ByteOrder.LITTLE_ENDIAN));
        } else if (bytes.limit() >= 2 && unsigned(bytes, 0) == 0xffd8) {
            JpgMarkers markers = JpgMarkers.of(bytes);
            header = markers.haveSize() ? new PictureHeader(Encoding.JPG, markers.width(), markers.height()) : null;
        }
        if (header == null || header.width < 1 || header.height < 1) {
            throw new FrameException(
                    "the " + bytes.limit() + " bytes are no picture that can be read: they begin with " + start(bytes)
                                     + "; JPG, PNG and BMP are accepted");
        }
        return header;
    }

    private static PictureHeader bmp(ByteBuffer bytes) {
        // a negative height says that rows go from top to bottom
        return bytes.getInt(14) == BMP_CORE_SIZE
                ? new PictureHeader(Encoding.BMP, unsigned(bytes, 18), unsigned(bytes, 20))
                : new PictureHeader(Encoding.BMP, bytes.getInt(18), Math.abs(bytes.getInt(22)));
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static String start(ByteBuffer bytes) {
        StringBuilder start = new StringBuilder();
        for (int i = 0; i < Math.min(8, bytes.limit()); i++) {
            start.append(String.format(i == 0 ? "%02x" : " %02x", bytes.get(i)));
        }
        return start.isEmpty() ? "nothing" : start.toString();
    }
}
