package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.media.Pictures.buffer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PictureHeaderTest {

    @ParameterizedTest(name = "{0} {1}x{2}: {3}")
    @CsvSource({
            "PNG,416,300,      89504e470d0a1a0a 0000000d 49484452 000001a0 0000012c 0802000000",
            "BMP,416,300,      424d 00000000 0000 0000 36000000 28000000 a0010000 2c010000 0100 1800",
            "BMP,416,300,      424d 00000000 0000 0000 36000000 28000000 a0010000 d4feffff 0100 1800",
            "BMP,416,300,      424d 00000000 0000 0000 1a000000 0c000000 a001 2c01 0100 1800",
            "JPG,416,300,      ffd8 ff01 ffd7 ffffff ffc0 0011 08 012c 01a0 03",
            "JPG,416,300,      ffd8 ffe0 0004 0000 ffc0 0011 08 012c 01a0 03",
            "JPG,416,300,      ffd8 ffe0 0004 ffc0 ffff ffdb 0003 00 ffc4 0003 11 ffc2 0011 08 012c 01a0 03" })
    void theFirstBytesTellEncodingAndSize(Encoding encoding, int width, int height, String bytes) throws Exception {
        assertThat(PictureHeader.of(buffer(bytes))).isEqualTo(new PictureHeader(encoding, width, height));
        ByteBuffer inside = ByteBuffer.allocateDirect(100).position(10).put(buffer(bytes)).flip().position(10);
        assertThat(PictureHeader.of(inside.asReadOnlyBuffer())).isEqualTo(new PictureHeader(encoding, width, height));
        assertThat(inside.position()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "ff", "ffd8", "ffd8ffe00004", "ffd8 ffc0 0011 08 0000 01a0 03", "ffd8 00000000000000000000", "424d 0000",
            "ffd8 ffe0 0001 ffc0 0011 08 012c 01a0 03", "ffd8 ffd9 ffc0 0011 08 012c 01a0 03",
            "ffd8 ffd8 ffc0 0011 08 012c 01a0 03", "ffd8 ff00 ffc0 0011 08 012c 01a0 03", "ffd8 ff02 0002 ffc0 0011 08 012c 01a0 03",
            "ffd8 ffda 0002 ffc0 0011 08 012c 01a0 03", "ffd8 ffc0 0011 08 012c 01a0", "ffd8 ffe0 0000 ffe0 0000 ffe0 0000", "89504e470d0a1a0a", "89504e470d0a1a0a 0000000d 49484452 00000000 0000012c",
            "89504e470d0a1a0a 0000000d 49484452 ffffffff 0000012c",
            "424d 00000000 0000 0000 36000000 28000000 a0010000 00000080 0100 1800", "474946383961 0100 0100" })
    void whatIsNoPictureIsThatFramesFailureNamingWhatIsAccepted(String bytes) {
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> PictureHeader.of(buffer(bytes)))
                .withMessageContaining("JPG, PNG and BMP").withMessageContaining("the " + buffer(bytes).limit() + " bytes");
    }

    @Test
    void theFailureShowsHowTheBytesBegin() {
        assertThatExceptionOfType(FrameException.class)
                .isThrownBy(() -> PictureHeader.of(ByteBuffer.wrap("<html><body>".getBytes(StandardCharsets.US_ASCII))))
                .withMessageContaining("3c 68 74 6d 6c 3e 3c 62");
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> PictureHeader.of(ByteBuffer.allocate(0)))
                .withMessageContaining("begin with nothing");
    }
}
