package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

import javax.imageio.ImageIO;

import io.github.camellva.proto.Dimensions;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.camellva.grpc.media.Pictures.GREEN;
import static io.github.camellva.grpc.media.Pictures.RED;
import static io.github.camellva.grpc.media.Pictures.assertQuadrants;
import static io.github.camellva.grpc.media.Pictures.buffer;
import static io.github.camellva.grpc.media.Pictures.bytes;
import static io.github.camellva.grpc.media.Pictures.hex;
import static io.github.camellva.grpc.media.Pictures.plain;
import static io.github.camellva.grpc.media.Pictures.quadrants;
import static io.github.camellva.grpc.media.Pictures.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FramePreparationTest {

    private static final int MAX = 64 << 20;

    @Test
    void aPictureBecomesAFrameOfThePixelFormat() throws Exception {
        PreparedFrame frame = raw(PixelFormat.BGR24, 8).prepare(Pictures.of(row(RED, GREEN)));
        assertThat(hex(frame.bytes())).isEqualTo("00 00 ff 00 ff 00 00 00");
        assertThat(frame.format()).isEqualTo(SampleFormat.raw(PixelFormat.BGR24, 2, 1, 8, MAX));
        assertThat(frame.scaling().pads()).isFalse();
        assertThat(frame.format().toMessage()).isEqualTo(VideoFrameSampleFormat.newBuilder()
                .setEncoding(Encoding.RAW).setPixelFormat(PixelFormat.BGR24).setStrideBytes(8)
                .setDimensions(Dimensions.newBuilder().setWidth(2).setHeight(1)).build());
    }

    @ParameterizedTest
    @EnumSource(names = { "JPG", "PNG", "BMP" })
    void aPictureIsEncoded(Encoding encoding) throws Exception {
        PreparedFrame frame = encoded(encoding).prepare(quadrants(64, 48));
        assertThat(frame.format()).isEqualTo(new SampleFormat(encoding, PixelFormat.NONE, 64, 48, 0, 0));
        assertThat(PictureHeader.of(frame.bytes()).encoding()).isEqualTo(encoding);
        assertQuadrants(ImageIO.read(new ByteArrayInputStream(bytes(frame.bytes()))), 8);
    }

    @Test
    void aPictureIsScaledPaddedAndItsBoxesMappedBack() throws Exception {
        PreparedFrame frame = scaled(ScaleMode.PAD, 100, 100, Encoding.RAW).prepare(quadrants(60, 100));
        assertThat(frame.format()).isEqualTo(SampleFormat.raw(PixelFormat.RGB24, 100, 100, 0, MAX));
        BufferedImage sent = RawPixels.decode(frame.bytes(), frame.format());
        assertThat(sent.getRGB(0, 0, 20, 100, null, 0, 20)).containsOnly(0xff000000);
        assertThat(sent.getRGB(80, 0, 20, 100, null, 0, 20)).containsOnly(0xff000000);
        assertQuadrants(sent.getSubimage(20, 0, 60, 100), 0);
        assertThat(frame.scaling().toPicture(Rectangle.newBuilder().setL(0.2f).setW(0.6f).setH(1).build()))
                .isEqualTo(Rectangle.newBuilder().setW(1).setH(1).build());
    }

    @Test
    void encodedBytesAreDecodedScaledAndMadeRaw() throws Exception {
        ByteBuffer png = PictureCodec.encodePng(quadrants(200, 100));
        PreparedFrame frame = scaled(ScaleMode.PRESERVE_ASPECT_RATIO, 50, 0, Encoding.RAW).prepare(png.asReadOnlyBuffer());
        assertThat(frame.format()).isEqualTo(SampleFormat.raw(PixelFormat.RGB24, 50, 25, 0, MAX));
        assertThat(frame.bytes().remaining()).isEqualTo(3 * 50 * 25);
        assertThat(png.position()).isZero();
    }

    @Test
    void rawBytesAreScaledAndEncoded() throws Exception {
        SampleFormat yuv = SampleFormat.raw(PixelFormat.YUV420P, 64, 64, 80, MAX);
        ByteBuffer pixels = RawPixels.encode(quadrants(64, 64), yuv);
        PreparedFrame frame = scaled(ScaleMode.STRETCH, 128, 32, Encoding.PNG).prepare(pixels, yuv);
        assertThat(frame.format()).isEqualTo(SampleFormat.encoded(Encoding.PNG, 128, 32));
        assertQuadrants(PictureCodec.decode(frame.bytes()), 2);
    }

    @Test
    void rawBytesInAnotherPixelFormatAreRearranged() throws Exception {
        SampleFormat from = SampleFormat.raw(PixelFormat.RGBA, 2, 1, 0, MAX);
        PreparedFrame frame = raw(PixelFormat.BGRA, 0).prepare(buffer("11223344 55667788"), from);
        assertThat(hex(frame.bytes())).isEqualTo("33 22 11 44 77 66 55 88");
    }

    @Test
    void rawBytesThatAreAlreadyRightPassThroughWithoutACopy() throws Exception {
        SampleFormat format = SampleFormat.raw(PixelFormat.YUV420P, 5, 3, 0, MAX);
        ByteBuffer pixels = ByteBuffer.allocate(100).position(10).limit(10 + format.frameBytes());
        PreparedFrame frame = raw(PixelFormat.YUV420P, 0).prepare(pixels, format);
        assertThat(frame.bytes().array()).isSameAs(pixels.array());
        assertThat(frame.bytes()).isEqualTo(pixels);
        assertThat(frame.bytes().arrayOffset() + frame.bytes().position()).isEqualTo(10);
        assertThat(frame.format()).isEqualTo(format);
        assertThat(pixels.position()).isEqualTo(10);
    }

    @Test
    void scalingToTheSizeThatThereIsPassesThroughToo() throws Exception {
        SampleFormat format = SampleFormat.raw(PixelFormat.RGB24, 4, 4, 0, MAX);
        ByteBuffer pixels = ByteBuffer.allocate(48);
        for (ScaleMode mode : ScaleMode.values()) {
            assertThat(scaled(mode, 4, 4, Encoding.RAW).prepare(pixels, format).bytes().array()).isSameAs(pixels.array());
        }
    }

    @Test
    void bytesBeyondARawFrameAreLeftOut() throws Exception {
        SampleFormat format = SampleFormat.raw(PixelFormat.RGB24, 2, 1, 0, MAX);
        assertThat(raw(PixelFormat.RGB24, 0).prepare(buffer("010203040506 ff"), format).bytes())
                .isEqualTo(buffer("010203040506"));
    }

    @Test
    void rawBytesWithAnotherStrideAreCopiedRowByRow() throws Exception {
        SampleFormat padded = SampleFormat.raw(PixelFormat.RGB24, 1, 2, 5, MAX);
        PreparedFrame packed = raw(PixelFormat.RGB24, 0).prepare(buffer("112233 aaaa 445566 aaaa"), padded);
        assertThat(packed.bytes()).isEqualTo(buffer("112233 445566"));
        assertThat(packed.format().strideBytes()).isEqualTo(3);
        assertThat(raw(PixelFormat.RGB24, 4).prepare(packed.bytes(), packed.format()).bytes())
                .isEqualTo(buffer("112233 00 445566 00"));
    }

    /** Values that are no colour at all would not survive a way over RGB. */
    @Test
    void yuvWithAnotherStrideKeepsItsValues() throws Exception {
        SampleFormat packed = SampleFormat.raw(PixelFormat.YUV420P, 3, 3, 0, MAX);
        ByteBuffer pixels = buffer("ff00ff 010203 fefdfc  00ff 1001  ff00 0201");
        PreparedFrame padded = raw(PixelFormat.YUV420P, 5).prepare(pixels, packed);
        assertThat(padded.bytes()).isEqualTo(
                buffer("ff00ff 0000 010203 0000 fefdfc 0000  00ff 00 1001 00  ff00 00 0201 00"));
        assertThat(raw(PixelFormat.YUV420P, 0).prepare(padded.bytes(), padded.format()).bytes()).isEqualTo(pixels);
    }

    @Test
    void encodedBytesThatAreAlreadyRightPassThroughWithoutBeingDecoded() throws Exception {
        ByteBuffer headerOnly = buffer("ffd8 ffc0 0011 08 012c 01a0 03");
        PreparedFrame frame = encoded(Encoding.JPG).prepare(headerOnly);
        assertThat(frame.bytes().array()).isSameAs(headerOnly.array());
        assertThat(frame.format()).isEqualTo(SampleFormat.encoded(Encoding.JPG, 416, 300));
        assertThat(scaled(ScaleMode.PAD, 416, 300, Encoding.JPG).prepare(headerOnly).bytes()).isEqualTo(headerOnly);
    }

    @Test
    void whatTheBytesTellCountsNotWhatIsSaidOfThem() throws Exception {
        ByteBuffer png = PictureCodec.encodePng(plain(16, 8, RED));
        PreparedFrame frame = encoded(Encoding.JPG).prepare(png, SampleFormat.encoded(Encoding.JPG, 0, 0));
        assertThat(PictureHeader.of(frame.bytes())).isEqualTo(new PictureHeader(Encoding.JPG, 16, 8));
        assertThat(frame.format()).isEqualTo(SampleFormat.encoded(Encoding.JPG, 16, 8));
    }

    @Test
    void bytesThatAreNoPictureAreThatFramesFailure() {
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> encoded(Encoding.JPG).prepare(ByteBuffer.allocate(50)))
                .withMessageContaining("JPG, PNG and BMP");
    }

    @Test
    void tooFewRawBytesAreThatFramesFailureOnEveryWay() throws Exception {
        SampleFormat format = SampleFormat.raw(PixelFormat.RGB24, 2, 2, 0, MAX);
        for (FramePreparation preparation : new FramePreparation[] {
                raw(PixelFormat.RGB24, 0), raw(PixelFormat.RGB24, 8), raw(PixelFormat.BGR24, 0), encoded(Encoding.JPG),
                scaled(ScaleMode.PAD, 9, 9, Encoding.RAW) }) {
            assertThatExceptionOfType(FrameException.class)
                    .isThrownBy(() -> preparation.prepare(ByteBuffer.allocate(11), format))
                    .withMessageContaining("11 bytes").withMessageContaining("12");
        }
    }

    @Test
    void aStrideShorterThanTheRowsIsThatFramesFailure() {
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> raw(PixelFormat.RGB24, 8).prepare(plain(3, 3, RED)))
                .withMessageContaining("stride_bytes 8").withMessageContaining("9 bytes");
    }

    @Test
    void aFrameAboveTheLargestIsRefusedBeforeItIsDrawn() {
        FramePreparation preparation = new FramePreparation(
                Optional.of(new ScaleTarget(ScaleMode.STRETCH, 8000, 8000)), Encoding.RAW, PixelFormat.ARGB, 0, 80, MAX);
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> preparation.prepare(plain(2, 2, RED)))
                .withMessageContaining("8000 x 8000").withMessageContaining("67108864");
    }

    @Test
    void rawNeedsAPixelFormat() {
        assertThatIllegalArgumentException().isThrownBy(() -> raw(PixelFormat.NONE, 0)).withMessageContaining("pixelFormat");
    }

    @ParameterizedTest
    @CsvSource({ "-1,80,strideBytes -1", "0,101,jpegQuality 101" })
    void settingsOutOfRangeAreRefusedByName(int strideBytes, int jpegQuality, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FramePreparation(
                        Optional.empty(), Encoding.RAW, PixelFormat.RGB24, strideBytes, jpegQuality, MAX))
                .withMessageContaining(named);
    }

    private static FramePreparation raw(PixelFormat pixelFormat, int strideBytes) {
        return new FramePreparation(Optional.empty(), Encoding.RAW, pixelFormat, strideBytes, 80, MAX);
    }

    private static FramePreparation encoded(Encoding encoding) {
        return new FramePreparation(Optional.empty(), encoding, PixelFormat.NONE, 0, 95, MAX);
    }

    private static FramePreparation scaled(ScaleMode mode, int width, int height, Encoding encoding) {
        return new FramePreparation(Optional.of(new ScaleTarget(mode, width, height)), encoding, PixelFormat.RGB24, 0, 95, MAX);
    }
}
