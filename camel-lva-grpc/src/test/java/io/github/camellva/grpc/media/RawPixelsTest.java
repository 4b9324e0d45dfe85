package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static io.github.camellva.grpc.media.Pictures.BLACK;
import static io.github.camellva.grpc.media.Pictures.BLUE;
import static io.github.camellva.grpc.media.Pictures.GREEN;
import static io.github.camellva.grpc.media.Pictures.RED;
import static io.github.camellva.grpc.media.Pictures.WHITE;
import static io.github.camellva.grpc.media.Pictures.assertPixel;
import static io.github.camellva.grpc.media.Pictures.assertPixelCloseTo;
import static io.github.camellva.grpc.media.Pictures.buffer;
import static io.github.camellva.grpc.media.Pictures.hex;
import static io.github.camellva.grpc.media.Pictures.plain;
import static io.github.camellva.grpc.media.Pictures.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RawPixelsTest {

    private static final int MAX = 64 << 20;

    private static final BufferedImage SIX = Pictures.of(row(RED, GREEN, BLUE), row(WHITE, BLACK, 0x103058));

    /** By hand; 0x10 0x30 0x58 is 2, 12 and 11 in the bits of RGB565 and 2, 6 and 11 in those of RGB555. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
            "RGB24,    ff0000 00ff00 0000ff | ffffff 000000 103058",
            "BGR24,    0000ff 00ff00 ff0000 | ffffff 000000 583010",
            "ARGB,     ffff0000 ff00ff00 ff0000ff | ffffffff ff000000 ff103058",
            "RGBA,     ff0000ff 00ff00ff 0000ffff | ffffffff 000000ff 103058ff",
            "ABGR,     ff0000ff ff00ff00 ffff0000 | ffffffff ff000000 ff583010",
            "BGRA,     0000ffff 00ff00ff ff0000ff | ffffffff 000000ff 583010ff",
            "RGB565BE, f800 07e0 001f | ffff 0000 118b",
            "RGB565LE, 00f8 e007 1f00 | ffff 0000 8b11",
            "RGB555BE, 7c00 03e0 001f | 7fff 0000 08cb",
            "RGB555LE, 007c e003 1f00 | ff7f 0000 cb08" })
    void everyPackedFormatHasItsComponentsInOrder(PixelFormat pixelFormat, String frame) throws Exception {
        String upper = frame.split("\\|")[0];
        String lower = frame.split("\\|")[1];
        SampleFormat packed = raw(pixelFormat, 3, 2, 0);
        assertThat(RawPixels.encode(SIX, packed)).isEqualTo(buffer(upper + lower));
        assertIsSix(RawPixels.decode(buffer(upper + lower), packed));

        SampleFormat padded = raw(pixelFormat, 3, 2, packed.strideBytes() + 3);
        assertThat(RawPixels.encode(SIX, padded)).isEqualTo(buffer(upper + "000000" + lower + "000000"));
        assertIsSix(RawPixels.decode(buffer(upper + "aabbcc" + lower + "aabbcc"), padded));
    }

    /** The values of BT.601 for bars of full intensity. */
    @ParameterizedTest(name = "{0} is {1}, {2}, {3}")
    @CsvSource({
            "ffffff,235,128,128", "000000,16,128,128", "ff0000,81,90,240", "00ff00,145,54,34", "0000ff,41,240,110",
            "ffff00,210,16,146", "00ffff,170,166,16", "ff00ff,106,202,222", "808080,126,128,128" })
    void yuvHasThePublishedValuesOfBt601(String color, int y, int u, int v) throws Exception {
        int rgb = Integer.parseInt(color, 16);
        SampleFormat format = raw(PixelFormat.YUV420P, 2, 2, 0);
        byte[] frame = { (byte) y, (byte) y, (byte) y, (byte) y, (byte) u, (byte) v };
        assertThat(RawPixels.encode(plain(2, 2, rgb), format)).isEqualTo(ByteBuffer.wrap(frame));
        BufferedImage decoded = RawPixels.decode(ByteBuffer.wrap(frame), format);
        assertPixelCloseTo(decoded, 0, 0, rgb, 2);
        assertPixelCloseTo(decoded, 1, 1, rgb, 2);
    }

    @Test
    void anOddColumnAndRowOfYuvHaveChromaOfTheirOwn() throws Exception {
        BufferedImage picture = Pictures.of(row(RED, RED, BLUE), row(RED, RED, BLUE), row(WHITE, WHITE, GREEN));
        SampleFormat format = raw(PixelFormat.YUV420P, 3, 3, 0);
        String frame = "51 51 29  51 51 29  eb eb 91   5a f0 80 36   f0 6e 80 22";
        assertThat(RawPixels.encode(picture, format)).isEqualTo(buffer(frame));
        BufferedImage decoded = RawPixels.decode(buffer(frame), format);
        assertPixelCloseTo(decoded, 1, 1, RED, 2);
        assertPixelCloseTo(decoded, 2, 0, BLUE, 2);
        assertPixelCloseTo(decoded, 0, 2, WHITE, 2);
        assertPixelCloseTo(decoded, 2, 2, GREEN, 2);
    }

    @Test
    void chromaRowsOfYuvHaveHalfTheStrideRoundedUp() throws Exception {
        BufferedImage picture = Pictures.of(row(RED, RED, BLUE), row(RED, RED, BLUE), row(WHITE, WHITE, GREEN));
        SampleFormat format = raw(PixelFormat.YUV420P, 3, 3, 5);
        String frame = "515129 0000  515129 0000  ebeb91 0000   5af0 00  8036 00   f06e 00  8022 00";
        assertThat(RawPixels.encode(picture, format)).isEqualTo(buffer(frame));
        BufferedImage decoded = RawPixels.decode(buffer(frame.replace("00  ", "cc  ")), format);
        assertPixelCloseTo(decoded, 2, 1, BLUE, 2);
        assertPixelCloseTo(decoded, 2, 2, GREEN, 2);
    }

    @Test
    void aYuvPictureOfOnePixelHasThreeBytes() throws Exception {
        assertThat(hex(RawPixels.encode(plain(1, 1, RED), raw(PixelFormat.YUV420P, 1, 1, 0)))).isEqualTo("51 5a f0");
    }

    /** (90.2 + 240) / 2 and (240 + 109.8) / 2; the luma is not touched. */
    @Test
    void aChromaSampleIsTheMeanOfItsFourPixels() throws Exception {
        BufferedImage picture = Pictures.of(row(RED, BLUE), row(BLUE, RED));
        assertThat(RawPixels.encode(picture, raw(PixelFormat.YUV420P, 2, 2, 0)))
                .isEqualTo(ByteBuffer.wrap(new byte[] { 81, 41, 41, 81, (byte) 165, (byte) 175 }));
    }

    @Test
    void yuvBeyondItsRangeIsClampedNotWrapped() throws Exception {
        SampleFormat format = raw(PixelFormat.YUV420P, 2, 2, 0);
        assertPixel(RawPixels.decode(buffer("ffffffff 80 80"), format), 0, 0, WHITE);
        assertPixel(RawPixels.decode(buffer("00000000 80 80"), format), 0, 0, BLACK);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = { "RGB24", "BGR24", "A?RGBA?", "A?BGRA?" })
    void allBytesOfAPictureComeBackFromEightBitFormats(PixelFormat pixelFormat) throws Exception {
        BufferedImage picture = gradient(31, 17);
        SampleFormat format = raw(pixelFormat, 31, 17, 150);
        BufferedImage back = RawPixels.decode(RawPixels.encode(picture, format), format);
        for (int y = 0; y < 17; y++) {
            for (int x = 0; x < 31; x++) {
                assertPixel(back, x, y, picture.getRGB(x, y) & 0xffffff);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "RGB565BE", "RGB565LE", "RGB555BE", "RGB555LE" })
    void sixteenBitFormatsLoseTheLowestBitsOnceAndNoMoreAfterwards(PixelFormat pixelFormat) throws Exception {
        BufferedImage picture = gradient(31, 17);
        SampleFormat format = raw(pixelFormat, 31, 17, 0);
        ByteBuffer once = RawPixels.encode(picture, format);
        BufferedImage back = RawPixels.decode(once, format);
        for (int x = 0; x < 31; x++) {
            assertPixelCloseTo(back, x, x / 2, picture.getRGB(x, x / 2), 7);
        }
        assertThat(RawPixels.encode(back, format)).isEqualTo(once);
    }

    @Test
    void aSmoothPictureComesBackFromYuvAlmostAsItWas() throws Exception {
        BufferedImage picture = new BufferedImage(33, 33, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 33 * 33; i++) {
            picture.setRGB(i % 33, i / 33, (40 + 4 * (i % 33)) << 16 | (60 + 3 * (i / 33)) << 8 | 128);
        }
        SampleFormat format = raw(PixelFormat.YUV420P, 33, 33, 0);
        BufferedImage back = RawPixels.decode(RawPixels.encode(picture, format), format);
        for (int i = 0; i < 33 * 33; i++) {
            assertPixelCloseTo(back, i % 33, i / 33, picture.getRGB(i % 33, i / 33), 5);
        }
    }

    @ParameterizedTest
    @CsvSource({ "ARGB,80102030", "RGBA,10203080", "ABGR,80302010", "BGRA,30201080" })
    void alphaIsKeptWhereTheFormatHasIt(PixelFormat pixelFormat, String frame) throws Exception {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0x80102030);
        SampleFormat format = raw(pixelFormat, 1, 1, 0);
        assertThat(RawPixels.encode(picture, format)).isEqualTo(buffer(frame));
        assertThat(RawPixels.decode(buffer(frame), format).getRGB(0, 0)).isEqualTo(0x80102030);
    }

    @Test
    void alphaIsDroppedAndNotBlendedWhereTheFormatHasNone() throws Exception {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0x00ff0000);
        assertThat(hex(RawPixels.encode(picture, raw(PixelFormat.RGB24, 1, 1, 0)))).isEqualTo("ff 00 00");
        assertThat(hex(RawPixels.encode(picture, raw(PixelFormat.YUV420P, 1, 1, 0)))).isEqualTo("51 5a f0");
    }

    @Test
    void aFrameAnywhereInAReadOnlyBufferIsDecodedAndThePositionStays() throws Exception {
        ByteBuffer direct = ByteBuffer.allocateDirect(9).put(buffer("aaaa ff0000 00ff00 bb")).position(2).asReadOnlyBuffer();
        BufferedImage picture = RawPixels.decode(direct, raw(PixelFormat.RGB24, 2, 1, 0));
        assertPixel(picture, 0, 0, RED);
        assertPixel(picture, 1, 0, GREEN);
        assertThat(direct.position()).isEqualTo(2);

        ByteBuffer yuv = ByteBuffer.allocateDirect(8).put(buffer("aaaa 51515151 5af0")).position(2).asReadOnlyBuffer();
        assertPixelCloseTo(RawPixels.decode(yuv, raw(PixelFormat.YUV420P, 2, 2, 0)), 1, 1, RED, 2);
    }

    @Test
    void tooFewBytesAreThatFramesFailureWithBothLengths() throws Exception {
        SampleFormat format = raw(PixelFormat.RGB24, 2, 2, 0);
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> RawPixels.decode(ByteBuffer.allocate(11), format))
                .withMessageContaining("11 bytes").withMessageContaining("12").withMessageContaining("RGB24");
    }

    @Test
    void aPictureOfAnotherSizeThanTheFormatIsRefused() throws Exception {
        SampleFormat format = raw(PixelFormat.RGB24, 2, 2, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> RawPixels.encode(plain(3, 2, RED), format))
                .withMessageContaining("3 x 2").withMessageContaining("2x2");
    }

    @Test
    void onlyRawFramesHavePixels() {
        SampleFormat jpg = SampleFormat.encoded(Encoding.JPG, 2, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> RawPixels.encode(plain(2, 2, RED), jpg))
                .withMessageContaining("JPG").withMessageContaining("RAW");
    }

    private static void assertIsSix(BufferedImage picture) {
        assertPixel(picture, 0, 0, RED);
        assertPixel(picture, 1, 0, GREEN);
        assertPixel(picture, 2, 0, BLUE);
        assertPixel(picture, 0, 1, WHITE);
        assertPixel(picture, 1, 1, BLACK);
        assertPixelCloseTo(picture, 2, 1, 0x103058, 3);
    }

    private static BufferedImage gradient(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            picture.setRGB(i % width, i / width, (7 * i & 0xff) << 16 | (11 * i & 0xff) << 8 | 13 * i & 0xff);
        }
        return picture;
    }

    private static SampleFormat raw(PixelFormat pixelFormat, int width, int height, int stride) throws FormatException {
        return SampleFormat.raw(pixelFormat, width, height, stride, MAX);
    }
}
