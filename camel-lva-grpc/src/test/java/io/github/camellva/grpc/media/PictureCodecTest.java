package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

import javax.imageio.ImageIO;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.media.Pictures.BLACK;
import static io.github.camellva.grpc.media.Pictures.BLUE;
import static io.github.camellva.grpc.media.Pictures.GREEN;
import static io.github.camellva.grpc.media.Pictures.RED;
import static io.github.camellva.grpc.media.Pictures.WHITE;
import static io.github.camellva.grpc.media.Pictures.assertPixel;
import static io.github.camellva.grpc.media.Pictures.assertPixelCloseTo;
import static io.github.camellva.grpc.media.Pictures.assertQuadrants;
import static io.github.camellva.grpc.media.Pictures.buffer;
import static io.github.camellva.grpc.media.Pictures.bytes;
import static io.github.camellva.grpc.media.Pictures.plain;
import static io.github.camellva.grpc.media.Pictures.quadrants;
import static io.github.camellva.grpc.media.Pictures.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PictureCodecTest {

    private static final BufferedImage FOUR = Pictures.of(row(RED, GREEN, 0x123456), row(BLUE, WHITE, BLACK));

    /** By hand: file and picture headers, then rows from bottom to top, blue first, each padded to a multiple of four bytes. */
    private static final String FOUR_AS_BMP = """
            424d 4e000000 00000000 36000000
            28000000 03000000 02000000 0100 1800 00000000 18000000 00000000 00000000 00000000 00000000
            ff0000 ffffff 000000 000000
            0000ff 00ff00 563412 000000""";

    @Test
    void bmpHasItsRowsFromBottomToTopAndBlueFirst() throws Exception {
        ByteBuffer bmp = PictureCodec.encodeBmp(FOUR);
        assertThat(bmp.remaining()).isEqualTo(0x4e);
        assertThat(bmp.slice(54, 24)).isEqualTo(buffer(FOUR_AS_BMP).slice(54, 24));
        assertThat(bmp.getShort(28)).as("bits per pixel, little endian").isEqualTo((short) 0x1800);
        assertIsFour(PictureCodec.decode(bmp));
    }

    @Test
    void bmpWrittenByHandIsDecoded() throws Exception {
        assertIsFour(PictureCodec.decode(buffer(FOUR_AS_BMP)));
    }

    @Test
    void pngWrittenByHandIsDecoded() throws Exception {
        ByteBuffer png = png(3, 2, 2, "00 ff0000 00ff00 123456  00 0000ff ffffff 000000");
        assertIsFour(PictureCodec.decode(png));
    }

    @Test
    void greyPngKeepsItsValues() throws Exception {
        BufferedImage picture = PictureCodec.decode(png(3, 1, 0, "00 00 80 ff"));
        assertThat(RawPixels.encode(picture, SampleFormat.raw(PixelFormat.RGB24, 3, 1, 0, 1000)))
                .isEqualTo(buffer("000000 808080 ffffff"));
    }

    @Test
    void pngIsExactForOthers() throws Exception {
        assertIsFour(read(PictureCodec.encodePng(FOUR)));
    }

    @Test
    void pngKeepsAlpha() throws Exception {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_4BYTE_ABGR);
        picture.setRGB(0, 0, 0x40ff8000);
        assertThat(read(PictureCodec.encodePng(picture)).getRGB(0, 0)).isEqualTo(0x40ff8000);
    }

    @Test
    void bmpDropsAlphaAndDoesNotBlendIt() throws Exception {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0x00ff8000);
        assertThat(read(PictureCodec.encodeBmp(picture)).getRGB(0, 0)).isEqualTo(0xffff8000);
    }

    @Test
    void jpgHasItsColoursWithinATolerance() throws Exception {
        ByteBuffer jpg = PictureCodec.encodeJpg(quadrants(64, 64), 95);
        assertQuadrants(read(jpg), 6);
        assertQuadrants(PictureCodec.decode(jpg), 6);
    }

    @Test
    void jpgDropsAlphaAndDoesNotBlendIt() throws Exception {
        BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 256; i++) {
            picture.setRGB(i % 16, i / 16, 0x20c08040);
        }
        BufferedImage back = read(PictureCodec.encodeJpg(picture, 95));
        assertThat(back.getRaster().getNumBands()).isEqualTo(3);
        assertPixelCloseTo(back, 8, 8, 0xc08040, 4);
    }

    @ParameterizedTest(name = "type {0}")
    @ValueSource(ints = {
            BufferedImage.TYPE_INT_BGR, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR_PRE,
            BufferedImage.TYPE_USHORT_565_RGB, BufferedImage.TYPE_BYTE_INDEXED })
    void everyTypeOfPictureIsEncoded(int type) throws Exception {
        BufferedImage picture = new BufferedImage(64, 64, type);
        BufferedImage quadrants = quadrants(64, 64);
        for (int i = 0; i < 64 * 64; i++) {
            picture.setRGB(i % 64, i / 64, quadrants.getRGB(i % 64, i / 64));
        }
        assertQuadrants(read(PictureCodec.encodeJpg(picture, 95)), 6);
        assertQuadrants(read(PictureCodec.encodePng(picture)), 0);
        assertQuadrants(read(PictureCodec.encodeBmp(picture)), 0);
    }

    @Test
    void aLowerQualityMakesSmallerJpgs() throws Exception {
        BufferedImage picture = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 10_000; i++) {
            picture.setRGB(i % 100, i / 100, 7919 * i * i);
        }
        int smallest = PictureCodec.encodeJpg(picture, 0).remaining();
        int middle = PictureCodec.encodeJpg(picture, 50).remaining();
        int best = PictureCodec.encodeJpg(picture, 100).remaining();
        assertThat(smallest).isLessThan(middle / 2);
        assertThat(middle).isLessThan(best / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, 101 })
    void aQualityOutOfRangeIsRefused(int quality) {
        assertThatIllegalArgumentException().isThrownBy(() -> PictureCodec.encodeJpg(FOUR, quality))
                .withMessageContaining("jpegQuality " + quality).withMessageContaining("0 to 100");
    }

    @Test
    void headersOfWhatIsEncodedTellEncodingAndSize() throws Exception {
        BufferedImage picture = plain(31, 17, RED);
        assertThat(PictureHeader.of(PictureCodec.encodeJpg(picture, 80))).isEqualTo(new PictureHeader(Encoding.JPG, 31, 17));
        assertThat(PictureHeader.of(PictureCodec.encodePng(picture))).isEqualTo(new PictureHeader(Encoding.PNG, 31, 17));
        assertThat(PictureHeader.of(PictureCodec.encodeBmp(picture))).isEqualTo(new PictureHeader(Encoding.BMP, 31, 17));
    }

    @Test
    void aPictureAnywhereInAReadOnlyBufferIsDecodedAndThePositionStays() throws Exception {
        for (ByteBuffer encoded : new ByteBuffer[] {
                PictureCodec.encodeJpg(quadrants(32, 32), 95), PictureCodec.encodePng(quadrants(32, 32)),
                PictureCodec.encodeBmp(quadrants(32, 32)) }) {
            ByteBuffer direct = ByteBuffer.allocateDirect(encoded.remaining() + 7);
            direct.position(5).put(encoded).flip().position(5);
            assertQuadrants(PictureCodec.decode(direct.asReadOnlyBuffer()), 6);
            assertThat(direct.position()).isEqualTo(5);
        }
    }

    @Test
    void whatIsNoPictureFailsNamingWhatIsAccepted() {
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> PictureCodec.decode(ByteBuffer.allocate(100)))
                .withMessageContaining("JPG, PNG and BMP").withMessageContaining("00 00");
    }

    @Test
    void aBrokenPictureFailsNamingWhatItIs() throws Exception {
        ByteBuffer png = PictureCodec.encodePng(quadrants(64, 64));
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> PictureCodec.decode(png.slice(0, 60)))
                .withMessageContaining("PNG picture of 64 x 64 pixels and 60 bytes").withMessageContaining("cannot be decoded");
        assertThatExceptionOfType(FrameException.class)
                .isThrownBy(() -> PictureCodec.decode(buffer("ffd8 ffc0 0011 08 0010 0010 03 011100 021100 031100 ffd9")))
                .withMessageContaining("JPG picture of 16 x 16").withMessageContaining("cannot be decoded");
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> PictureCodec.decode(buffer(FOUR_AS_BMP).slice(0, 60)))
                .withMessageContaining("BMP picture of 3 x 2").withMessageContaining("cannot be decoded");
    }

    @Test
    void aFewBytesThatAnnounceAHugePictureAreRefusedBeforeMemoryIsSetAside() throws Exception {
        ByteBuffer png = png(60_000, 60_000, 2, "00");
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> PictureCodec.decode(png))
                .withMessageContaining("60000 x 60000").withMessageContaining("268435456");
    }

    @Test
    void aPictureTooLongForJpgIsThatFramesFailure() {
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> PictureCodec.encodeJpg(plain(65_501, 1, RED), 50))
                .withMessageContaining("65501 x 1").withMessageContaining("65500");
    }

    private static void assertIsFour(BufferedImage picture) {
        assertThat(picture.getWidth()).isEqualTo(3);
        assertThat(picture.getHeight()).isEqualTo(2);
        assertPixel(picture, 0, 0, RED);
        assertPixel(picture, 1, 0, GREEN);
        assertPixel(picture, 2, 0, 0x123456);
        assertPixel(picture, 0, 1, BLUE);
        assertPixel(picture, 1, 1, WHITE);
        assertPixel(picture, 2, 1, BLACK);
    }

    private static BufferedImage read(ByteBuffer encoded) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes(encoded)));
    }

    /** Rows each begin with the byte of their filter, 0 for none. */
    private static ByteBuffer png(int width, int height, int colorType, String rows) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(bytes(buffer("89504e470d0a1a0a")));
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).put((byte) colorType);
        chunk(file, "IHDR", header.array());
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(deflated)) {
            deflater.write(bytes(buffer(rows)));
        }
        chunk(file, "IDAT", deflated.toByteArray());
        chunk(file, "IEND", new byte[0]);
        return ByteBuffer.wrap(file.toByteArray());
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(type.getBytes());
        checksum.update(content);
        DataOutputStream out = new DataOutputStream(file);
        out.writeInt(content.length);
        out.writeBytes(type);
        out.write(content);
        out.writeInt((int) checksum.getValue());
    }
}
