package io.github.camellva.grpc.media;

import io.github.camellva.proto.Dimensions;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SampleFormatTest {

    private static final int MAX = 64 << 20;

    @ParameterizedTest(name = "{0} {1}x{2}: {3} bytes per row, {4} per frame")
    @CsvSource({
            "RGB24,416,416,1248,519168", "BGR24,656,260,1968,511680", "RGB565BE,3,2,6,12", "RGB565LE,3,2,6,12",
            "RGB555BE,3,2,6,12", "RGB555LE,3,2,6,12", "ARGB,3,2,12,24", "RGBA,3,2,12,24", "ABGR,3,2,12,24", "BGRA,3,2,12,24",
            "YUV420P,4,4,4,24", "YUV420P,5,4,5,32", "YUV420P,4,5,4,32", "YUV420P,5,3,5,27", "YUV420P,1,1,1,3" })
    void strideZeroIsThePackedStride(PixelFormat pixelFormat, int width, int height, int stride, int frame) throws Exception {
        SampleFormat format = SampleFormat.of(announce(Encoding.RAW, pixelFormat, width, height, 0), MAX);
        assertThat(format.strideBytes()).isEqualTo(stride);
        assertThat(format.frameBytes()).isEqualTo(frame);
    }

    @Test
    void paddedRowsMakeTheFrameLonger() throws Exception {
        assertThat(SampleFormat.of(announce(Encoding.RAW, PixelFormat.RGB24, 5, 3, 16), MAX).frameBytes()).isEqualTo(48);
        assertThat(SampleFormat.of(announce(Encoding.RAW, PixelFormat.YUV420P, 5, 3, 8), MAX).frameBytes()).isEqualTo(24 + 2 * 8);
    }

    @Test
    void aStrideShorterThanARowIsRefusedWithBothLengths() {
        assertRefused(announce(Encoding.RAW, PixelFormat.RGB24, 416, 416, 1000))
                .withMessageContaining("stride_bytes 1000").withMessageContaining("1248");
    }

    @Test
    void rawWithoutAPixelFormatIsRefused() {
        assertRefused(announce(Encoding.RAW, PixelFormat.NONE, 4, 4, 0)).withMessageContaining("needs a pixel_format");
    }

    @Test
    void rawWithoutDimensionsIsRefused() {
        assertRefused(announce(Encoding.RAW, PixelFormat.RGB24, 0, 4, 0)).withMessageContaining("0 x 4");
        assertRefused(announce(Encoding.RAW, PixelFormat.RGB24, 4, 0, 0)).withMessageContaining("4 x 0");
    }

    @Test
    void aFrameAboveTheLargestMessageIsRefusedNamingTheOption() {
        assertRefused(announce(Encoding.RAW, PixelFormat.RGB24, 7680, 4320, 0))
                .withMessageContaining("7680 x 4320").withMessageContaining("67108864").withMessageContaining("maxMessageSize");
    }

    @ParameterizedTest
    @CsvSource({
            "65536,65536,0", "2147483647,2147483647,0", "2147483647,1,0", "1,2147483647,0", "1,2147483647,-1",
            "715827883,3,0" })
    void dimensionsWhoseProductOverflowsAreRefused(int width, int height, int stride) {
        assertRefused(announce(Encoding.RAW, PixelFormat.RGB24, width, height, stride)).withMessageContaining("exceeds");
    }

    @ParameterizedTest
    @CsvSource({ "-1,4,width 4294967295", "4,-2,height 4294967294" })
    void dimensionsThatDoNotFitAreRefusedWithTheirUnsignedValue(int width, int height, String named) {
        assertRefused(announce(Encoding.RAW, PixelFormat.RGB24, width, height, 0)).withMessageContaining(named);
    }

    @Test
    void unknownEncodingsAndPixelFormatsAreRefused() {
        assertRefused(VideoFrameSampleFormat.newBuilder().setEncodingValue(9).build()).withMessageContaining("encoding 9")
                .withMessageContaining("BMP, JPG, PNG and RAW");
        assertRefused(announce(Encoding.RAW, PixelFormat.RGB24, 4, 4, 0).toBuilder().setPixelFormatValue(99).build())
                .withMessageContaining("pixel_format 99");
    }

    @ParameterizedTest
    @EnumSource(value = Encoding.class, names = { "BMP", "JPG", "PNG" })
    void encodedPicturesNeedNeitherPixelFormatNorDimensions(Encoding encoding) throws Exception {
        SampleFormat format = SampleFormat.of(VideoFrameSampleFormat.newBuilder().setEncoding(encoding).build(), MAX);
        assertThat(format.frameBytes()).isZero();
        assertThat(format.frameBytesOf(77)).isEqualTo(77);
    }

    @Test
    void anEncodedPictureWithoutBytesIsThatFramesFailure() throws Exception {
        SampleFormat format = SampleFormat.of(announce(Encoding.JPG, PixelFormat.NONE, 4, 4, 0), MAX);
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> format.frameBytesOf(0)).withMessageContaining("no bytes");
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> format.frameBytesOf(-1))
                .withMessageContaining("18446744073709551615");
    }

    @Test
    void aRawFrameIsTrimmedWhenLongerAndFailsWhenShorter() throws Exception {
        SampleFormat format = SampleFormat.of(announce(Encoding.RAW, PixelFormat.BGR24, 416, 416, 0), MAX);
        assertThat(format.frameBytesOf(519168)).isEqualTo(519168);
        assertThat(format.frameBytesOf(519169)).isEqualTo(519168);
        assertThat(format.frameBytesOf(-1)).as("an absurd unsigned length").isEqualTo(519168);
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> format.frameBytesOf(519167))
                .withMessageContaining("519167").withMessageContaining("519168");
    }

    @ParameterizedTest
    @CsvSource({ "RAW,application/octet-stream", "JPG,image/jpeg", "PNG,image/png", "BMP,image/bmp" })
    void contentTypeFollowsTheEncoding(Encoding encoding, String contentType) throws Exception {
        assertThat(SampleFormat.of(announce(encoding, PixelFormat.RGB24, 4, 4, 0), MAX).contentType()).isEqualTo(contentType);
    }

    @Test
    void anUnsetEncodingIsBmp() throws Exception {
        assertThat(SampleFormat.of(VideoFrameSampleFormat.getDefaultInstance(), MAX).encoding()).isEqualTo(Encoding.BMP);
    }

    private static VideoFrameSampleFormat announce(Encoding encoding, PixelFormat pixelFormat, int width, int height, int stride) {
        return VideoFrameSampleFormat.newBuilder().setEncoding(encoding).setPixelFormat(pixelFormat).setStrideBytes(stride)
                .setDimensions(Dimensions.newBuilder().setWidth(width).setHeight(height)).build();
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<FormatException> assertRefused(VideoFrameSampleFormat announced) {
        return assertThatExceptionOfType(FormatException.class).isThrownBy(() -> SampleFormat.of(announced, MAX));
    }

    @Test
    void theLimitsThemselvesAreAccepted() throws Exception {
        assertThat(SampleFormat.raw(PixelFormat.RGB24, 2, 2, 6, 12).frameBytes()).isEqualTo(12);
        assertThatExceptionOfType(FormatException.class).isThrownBy(() -> SampleFormat.raw(PixelFormat.RGB24, 2, 2, 6, 11));
        assertThatExceptionOfType(FormatException.class).isThrownBy(() -> SampleFormat.raw(PixelFormat.RGB24, 2, 2, 5, 12));
        assertThat(SampleFormat.raw(PixelFormat.RGB24, 2, 1, 6, 6).frameBytes()).isEqualTo(6);
        SampleFormat jpg = SampleFormat.encoded(Encoding.JPG, 0, 0);
        assertThat(jpg.frameBytesOf(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(jpg.frameBytesOf(1)).isEqualTo(1);
        for (long tooMany : new long[] { Integer.MAX_VALUE + 1L, -1 }) {
            assertThatExceptionOfType(FrameException.class).isThrownBy(() -> jpg.frameBytesOf(tooMany))
                    .withMessageContaining(Long.toUnsignedString(tooMany)).withMessageContaining("maxMessageSize");
        }
    }

    @Test
    void theTextOfAFormatSaysWhatItIs() throws Exception {
        assertThat(SampleFormat.raw(PixelFormat.RGB24, 2, 1, 0, 6)).hasToString("RAW RGB24 2x1");
        assertThat(SampleFormat.encoded(Encoding.JPG, 4, 3)).hasToString("JPG 4x3");
    }
}
