package io.github.camellva.grpc.media;

import java.awt.image.DataBuffer;
import java.awt.image.MultiPixelPackedSampleModel;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;

import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;

/** How much memory one picture may take. A few bytes can announce a picture that no memory holds. */
final class PictureLimits {

    /** Bytes of one picture in memory, decoded or drawn. */
    static final int MAX_BYTES = 1 << 28;
    /** A drawn picture has an int for each pixel. */
    static final int MAX_DRAWN_PIXELS = MAX_BYTES / Integer.BYTES;
    /** Decoders keep several rows beside the picture. */
    static final int LONGEST_SIDE = 65_535;
    /** Each scan is a pass over the whole picture; encoders make up to ten. */
    static final int MOST_SCANS = 100;

    /** Bytes for one coefficient of a component. */
    private static final int COEFFICIENT_BYTES = 2;
    private static final int BMP_COMPRESSION_AT = 30;
    private static final int BMP_HEADER_SIZE_AT = 14;
    private static final int BMP_CORE_SIZE = 12;
    /** From here on, BMP holds a JPG or PNG picture. */
    private static final int BMP_JPG = 4;

    private PictureLimits() {
    }

    /** Refuses what can be refused without a decoder. */
    static void requireDecodable(PictureHeader header, ByteBuffer picture) throws IOException {
        if (header.width() > LONGEST_SIDE || header.height() > LONGEST_SIDE) {
            throw new IOException("at most " + LONGEST_SIDE + " pixels a side are accepted");
        }
        ByteBuffer bytes = picture.slice();
        if (header.encoding() == Encoding.BMP) {
            requireNoPictureInside(bytes.order(ByteOrder.LITTLE_ENDIAN));
        } else if (header.encoding() == Encoding.JPG) {
            requireFewScans(header, JpgMarkers.of(bytes));
        }
    }

    /** Refuses what takes too much memory, as the decoder knows from the header. */
    static void requireDecodable(PictureHeader header, ImageReader reader) throws IOException {
        if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
            throw new IOException("its decoder takes it for " + reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels");
        }
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        if (!types.hasNext()) {
            throw new IOException("its colours are not supported");
        }
        requireBytes(header, bitsPerPixel(types.next().getSampleModel()));
    }

    /** Whether a picture is small enough to be drawn. */
    static boolean mayDraw(int width, int height) {
        return (long) width * height <= MAX_DRAWN_PIXELS;
    }

    /** Refuses a RAW frame that is too large to be drawn. */
    static void requireDrawable(SampleFormat format) throws FrameException {
        if (!mayDraw(format.width(), format.height())) {
            throw new FrameException("a frame of " + format + " is not decoded: at most " + MAX_DRAWN_PIXELS + " pixels are accepted");
        }
    }

    private static int bitsPerPixel(SampleModel samples) {
        return samples instanceof MultiPixelPackedSampleModel packed
                ? packed.getPixelBitStride()
                : samples.getNumDataElements() * DataBuffer.getDataTypeSize(samples.getDataType());
    }

    private static void requireBytes(PictureHeader header, int bitsPerPixel) throws IOException {
        long bytes = (long) header.width() * header.height() * bitsPerPixel / Byte.SIZE;
        if (bytes > MAX_BYTES) {
            throw new IOException("it would take " + bytes + " bytes of memory; at most " + MAX_BYTES + " are accepted");
        }
    }

    private static void requireFewScans(PictureHeader header, JpgMarkers markers) throws IOException {
        if (!markers.haveManyScans()) {
            return;
        }
        int scans = markers.countScans();
        if (scans > MOST_SCANS) {
            throw new IOException("it has " + scans + " scans; at most " + MOST_SCANS + " are accepted");
        }
        requireBytes(header, markers.components() * COEFFICIENT_BYTES * Byte.SIZE);
    }

    private static void requireNoPictureInside(ByteBuffer bytes) throws IOException {
        if (bytes.getInt(BMP_HEADER_SIZE_AT) != BMP_CORE_SIZE && bytes.limit() >= BMP_COMPRESSION_AT + Integer.BYTES
                && Integer.compareUnsigned(bytes.getInt(BMP_COMPRESSION_AT), BMP_JPG) >= 0) {
            throw new IOException("its compression is " + Integer.toUnsignedString(bytes.getInt(BMP_COMPRESSION_AT))
                                  + "; 0 to " + (BMP_JPG - 1) + " are accepted, since others hold another picture inside");
        }
    }
}
