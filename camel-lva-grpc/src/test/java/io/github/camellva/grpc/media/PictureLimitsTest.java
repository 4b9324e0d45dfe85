package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.camellva.grpc.media.Pictures.RED;
import static io.github.camellva.grpc.media.Pictures.assertQuadrants;
import static io.github.camellva.grpc.media.Pictures.buffer;
import static io.github.camellva.grpc.media.Pictures.plain;
import static io.github.camellva.grpc.media.Pictures.quadrants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PictureLimitsTest {

    private static final int MEBIBYTE = 1 << 20;

    /** Bytes of the decoded picture = pixels x channels x depth, as the header has them. */
    @ParameterizedTest(name = "PNG {0}x{1}, depth {2}, colour type {3}")
    @CsvSource({
            "8192,8192,16,6,536870912", "5793,5793,16,6,268470792", "6690,6690,16,2,268536600", "60000,60000,8,2,10800000000",
            "60000,60000,1,3,450000000", "16385,16384,8,0,268451840", "65535,65535,1,0,536854528" })
    void aPngThatWouldTakeTooMuchMemoryIsRefusedByItsHeader(int width, int height, int depth, int colorType, String bytes)
            throws Exception {
        ByteBuffer png = png(width, height, depth, colorType, new byte[] { 0 });
        long allocated = Allocation.of(() -> assertRefused(png, width + " x " + height, bytes, "at most 268435456"));
        assertThat(allocated).isLessThan(4 * MEBIBYTE);
    }

    @ParameterizedTest(name = "PNG {0}x{1}, depth {2}, colour type {3}")
    @CsvSource({ "16384,16384,8,0", "16384,16384,1,3", "8192,8192,8,6", "5792,5792,16,6" })
    void aPngJustSmallEnoughPassesTheLimits(int width, int height, int depth, int colorType) throws Exception {
        // without its rows it fails later, and never for its size
        ByteBuffer png = png(width, height, depth, colorType, new byte[] { 0 });
        assertThat(ImageIO.getImageReadersByFormatName("png").hasNext()).isTrue();
        var reader = ImageIO.getImageReadersByFormatName("png").next();
        try (BufferImageInput input = new BufferImageInput(png)) {
            reader.setInput(input, true, true);
            PictureLimits.requireDecodable(PictureHeader.of(png), reader);
        } finally {
            reader.dispose();
        }
    }

    @ParameterizedTest
    @CsvSource({ "1,65536", "65536,1", "1,5000000" })
    void aSideThatIsTooLongIsRefused(int width, int height) throws Exception {
        assertRefused(png(width, height, 8, 0, new byte[] { 0 }), "at most 65535 pixels a side");
    }

    @Test
    void theLongestSideIsDecoded() throws Exception {
        assertThat(PictureCodec.decode(PictureCodec.encodePng(plain(65_535, 1, RED))).getWidth()).isEqualTo(65_535);
    }

    @Test
    void aJpgTooLargeIsRefusedByItsHeader() throws Exception {
        assertRefused(buffer("ffd8 ffc0 0011 08 4e20 4e20 03 011100 021100 031100 ffda 000c 03 0100 0200 0300 003f00 ffd9"),
                "20000 x 20000", "1200000000 bytes");
    }

    /** Without a length of their own, they hid the header that the decoder sees behind what looks like a length. */
    @ParameterizedTest(name = "0xff{0}")
    @CsvSource({ "01", "d0", "d7" })
    void aMarkerWithoutLengthHidesNoHeader(String marker) throws Exception {
        ByteBuffer hiding = ByteBuffer.allocate(70_000)
                .put(buffer("ffd8 ff" + marker + " ffc0 0011 08 4e20 4e20 03 011100 021100 031100"));
        // where a reader that takes 0xffc0 for a length would go on
        hiding.put(4 + 0xffc0, buffer("ffc0 0011 08 0010 0010 03").array()).clear();
        assertThat(PictureHeader.of(hiding)).isEqualTo(new PictureHeader(Encoding.JPG, 20_000, 20_000));
    }

    @Test
    void aPictureThatItsDecoderTakesForAnotherIsRefused() throws Exception {
        ByteBuffer png = PictureCodec.encodePng(quadrants(8, 8));
        var reader = ImageIO.getImageReadersByFormatName("png").next();
        try (BufferImageInput input = new BufferImageInput(png)) {
            reader.setInput(input, true, true);
            for (PictureHeader other : new PictureHeader[] {
                    new PictureHeader(Encoding.PNG, 8, 9), new PictureHeader(Encoding.PNG, 9, 8) }) {
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> PictureLimits.requireDecodable(other, reader))
                        .withMessageContaining("its decoder takes it for 8 x 8");
            }
        } finally {
            reader.dispose();
        }
    }

    @Test
    void aProgressiveJpgIsDecodedAndCountedWithItsCoefficients() throws Exception {
        ByteBuffer jpg = progressive(quadrants(64, 64));
        assertQuadrants(PictureCodec.decode(jpg), 8);
        JpgMarkers markers = JpgMarkers.of(jpg);
        assertThat(markers.haveManyScans()).isTrue();
        assertThat(markers.countScans()).isBetween(2, PictureLimits.MOST_SCANS);
        // 7000 x 7000 x 3 x 2 bytes of coefficients, though pixels would fit
        ByteBuffer large = withSize(jpg, 7000, 7000);
        assertRefused(large, "7000 x 7000", "294000000 bytes");
        assertThat(JpgMarkers.of(PictureCodec.encodeJpg(quadrants(64, 64), 90)).haveManyScans()).isFalse();
    }

    @Test
    void aJpgOfVeryManyScansIsRefused() throws Exception {
        ByteBuffer jpg = progressive(quadrants(16, 16));
        ByteBuffer many = ByteBuffer.allocate(jpg.limit() + 2000).put(jpg.duplicate().limit(jpg.limit() - 2));
        for (int i = 0; i < 150; i++) {
            many.put(buffer("ffda 0008 01 01 00 000000"));
        }
        many.put(buffer("ffd9")).flip();
        assertRefused(many, "scans; at most 100");
    }

    @ParameterizedTest
    @CsvSource({ "4", "5", "-1" })
    void aBmpThatHoldsAnotherPictureIsRefused(int compression) throws Exception {
        ByteBuffer bmp = PictureCodec.encodeBmp(quadrants(8, 8)).order(ByteOrder.LITTLE_ENDIAN).putInt(30, compression);
        assertRefused(bmp, "compression is " + Integer.toUnsignedString(compression), "0 to 3");
    }

    @Test
    void aBmpTooLargeIsRefusedByItsHeader() throws Exception {
        ByteBuffer bmp = PictureCodec.encodeBmp(quadrants(8, 8)).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 20_000).putInt(22, 20_000);
        assertThat(Allocation.of(() -> assertRefused(bmp, "20000 x 20000"))).isLessThan(4 * MEBIBYTE);
        ByteBuffer runLengths = ByteBuffer.allocate(2000).order(ByteOrder.LITTLE_ENDIAN).put(bmp).clear()
                .putInt(10, 54 + 4 * 256).putShort(28, (short) 8).putInt(30, 1).putInt(34, 100);
        assertThat(Allocation.of(() -> assertRefused(runLengths, "400000000 bytes"))).isLessThan(4 * MEBIBYTE);
    }

    @Test
    void aFrameTooLargeIsRefusedBeforeThePictureIsDecoded() throws Exception {
        ByteBuffer png = png(8000, 8000, 8, 0, new byte[8001 * 100]);
        FramePreparation preparation = new FramePreparation(Optional.empty(), Encoding.RAW, PixelFormat.RGB24, 0, 80, 64 << 20);
        long allocated = Allocation.of(() -> assertThatExceptionOfType(FrameException.class)
                .isThrownBy(() -> preparation.prepare(png)).withMessageContaining("maxMessageSize"));
        assertThat(allocated).isLessThan(4 * MEBIBYTE);
    }

    @Test
    void rawPixelsThatWouldTakeTooMuchMemoryAreNotDecoded() throws Exception {
        SampleFormat huge = new SampleFormat(Encoding.RAW, PixelFormat.YUV420P, 10_000, 6_711, 10_000, 1);
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> RawPixels.decode(ByteBuffer.allocate(1), huge))
                .withMessageContaining("67108864");
    }

    @Test
    void aDrawnPictureTakesAtMostTheSameMemory() throws Exception {
        assertThat(PictureLimits.mayDraw(8192, 8192)).isTrue();
        assertThat(PictureLimits.mayDraw(8192, 8193)).isFalse();
        assertThat(PictureLimits.mayDraw(65_536, 65_536)).as("no overflow").isFalse();
    }

    @Test
    void aBmpHeaderThatEndsWithItsCompressionIsLookedAt() throws Exception {
        ByteBuffer bmp = PictureCodec.encodeBmp(quadrants(8, 8)).order(ByteOrder.LITTLE_ENDIAN).putInt(30, 4);
        assertRefused(bmp.slice(0, 34), "compression is 4");
    }

    private static void assertRefused(ByteBuffer picture, String... parts) {
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> PictureCodec.decode(picture))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    private static ByteBuffer progressive(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, null), settings);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static ByteBuffer withSize(ByteBuffer jpg, int width, int height) {
        for (int at = 0; at < jpg.limit() - 1; at++) {
            if (jpg.getShort(at) == (short) 0xffc2) {
                return jpg.putShort(at + 5, (short) height).putShort(at + 7, (short) width);
            }
        }
        throw new AssertionError("not progressive");
    }

    private static ByteBuffer png(int width, int height, int depth, int colorType, byte[] rows) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(deflated)) {
            deflater.write(rows);
        }
        ByteBuffer png = ByteBuffer.allocate(200 + deflated.size()).putLong(0x89504e470d0a1a0aL);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) depth).put((byte) colorType);
        chunk(png, "IHDR", header.array());
        if (colorType == 3) {
            chunk(png, "PLTE", new byte[6]);
        }
        chunk(png, "IDAT", deflated.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return png.flip();
    }

    private static void chunk(ByteBuffer png, String type, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(type.getBytes());
        checksum.update(content);
        png.putInt(content.length).put(type.getBytes()).put(content).putInt((int) checksum.getValue());
    }
}
