package io.github.camellva.grpc.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardedConverterTest {

    private static final int MAX = 64 << 20;

    /** What each converter was given. */
    private final List<SampleFormat> quickly = new ArrayList<>();
    private final List<SampleFormat> slowly = new ArrayList<>();
    private FrameException refusal;
    private final PictureConverter converter = new GuardedConverter(new Recorder(quickly) {
        @Override
        void take(SampleFormat from) throws FrameException {
            super.take(from);
            if (refusal != null) {
                throw refusal;
            }
        }
    }, new Recorder(slowly));

    private static class Recorder implements PictureConverter {

        private final List<SampleFormat> taken;

        Recorder(List<SampleFormat> taken) {
            this.taken = taken;
        }

        void take(SampleFormat from) throws FrameException {
            taken.add(from);
        }

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public void toRaw(ByteBuffer picture, SampleFormat from, Scaling scaling, ByteBuffer frame, SampleFormat to)
                throws FrameException {
            take(from);
        }

        @Override
        public ByteBuffer toJpg(ByteBuffer picture, SampleFormat from, Scaling scaling, int quality) throws FrameException {
            take(from);
            return ByteBuffer.allocate(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "YUV420P", "RGB24", "BGR24", "ARGB", "RGBA", "ABGR", "BGRA" })
    void framesWithBytesForComponentsGoTheQuickWay(PixelFormat pixelFormat) throws Exception {
        SampleFormat from = raw(pixelFormat, 32, 32);
        convert(ByteBuffer.allocate(from.frameBytes()), from, Scaling.filling(16, 16), raw(pixelFormat, 16, 16));
        assertThat(quickly).containsExactly(from);
        assertThat(slowly).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = { "RGB565BE", "RGB565LE", "RGB555BE", "RGB555LE" })
    void smallerComponentsAreTheJdks(PixelFormat pixelFormat) throws Exception {
        SampleFormat from = raw(pixelFormat, 32, 32);
        convert(ByteBuffer.allocate(from.frameBytes()), from, Scaling.filling(16, 16), raw(PixelFormat.RGB24, 16, 16));
        convert(ByteBuffer.allocate(3 * 1024), raw(PixelFormat.RGB24, 32, 32), Scaling.filling(32, 32), from);
        assertThat(quickly).isEmpty();
        assertThat(slowly).hasSize(2);
    }

    @Test
    void tinyPicturesAreTheJdks() throws Exception {
        convert(ByteBuffer.allocate(3 * 15 * 100), raw(PixelFormat.RGB24, 15, 100), Scaling.filling(20, 20), raw(PixelFormat.RGB24, 20, 20));
        convert(ByteBuffer.allocate(3 * 100 * 100), raw(PixelFormat.RGB24, 100, 100), new Scaling(20, 20, 0, 3, 20, 15),
                raw(PixelFormat.RGB24, 20, 20));
        assertThat(quickly).isEmpty();
        assertThat(slowly).hasSize(2);
    }

    @Test
    void aWholeBaselineJpgGoesTheQuickWayWithTheSizeOfItsHeader() throws Exception {
        converter.toJpg(jpg(40, 30, ImageWriteParam.MODE_DISABLED), SampleFormat.encoded(Encoding.JPG, 0, 0), Scaling.filling(20, 20), 80);
        assertThat(quickly).containsExactly(SampleFormat.encoded(Encoding.JPG, 40, 30));
    }

    @Test
    void aProgressiveJpgIsTheJdks() throws Exception {
        toJpg(jpg(40, 30, ImageWriteParam.MODE_DEFAULT));
        assertThat(quickly).isEmpty();
        assertThat(slowly).hasSize(1);
    }

    @Test
    void aJpgWhoseEndIsMissingIsTheJdks() throws Exception {
        ByteBuffer whole = jpg(40, 30, ImageWriteParam.MODE_DISABLED);
        toJpg(whole.slice(0, whole.limit() - 2));
        assertThat(quickly).isEmpty();
        assertThat(slowly).hasSize(1);
    }

    @Test
    void aJpgThatTheQuickOneRefusesIsTheJdks() throws Exception {
        refusal = new FrameException("broken");
        toJpg(jpg(40, 30, ImageWriteParam.MODE_DISABLED));
        assertThat(quickly).hasSize(1);
        assertThat(slowly).hasSize(1);
    }

    @Test
    void otherEncodingsAreDecodedByTheJdkAndConvertedTheQuickWay() throws Exception {
        toJpg(PictureCodec.encodePng(Pictures.plain(40, 30, Pictures.RED)));
        toJpg(PictureCodec.encodePng(new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB)));
        toJpg(PictureCodec.encodeBmp(Pictures.plain(40, 30, Pictures.RED)));
        assertThat(quickly).containsExactly(
                raw(PixelFormat.BGR24, 40, 30), raw(PixelFormat.BGRA, 40, 30), raw(PixelFormat.BGR24, 40, 30));
    }

    @Test
    void aFrameWithTooFewBytesReachesNoConverter() throws Exception {
        SampleFormat format = raw(PixelFormat.RGB24, 32, 32);
        assertThatExceptionOfType(FrameException.class)
                .isThrownBy(() -> converter.toJpg(ByteBuffer.allocate(100), format, Scaling.filling(32, 32), 80))
                .withMessageContaining("100 bytes").withMessageContaining("3072");
        assertThat(quickly).isEmpty();
        assertThat(slowly).isEmpty();
    }

    @Test
    void aJpgThatAnnouncesTooManyPixelsDoesNotReachTheQuickWay() throws Exception {
        ByteBuffer huge = jpg(40, 30, ImageWriteParam.MODE_DISABLED);
        int size = Pictures.hex(huge).replace(" ", "").indexOf("ffc0") / 2 + 5;
        huge.putShort(size, (short) 60_000).putShort(size + 2, (short) 60_000);
        toJpg(huge);
        assertThat(quickly).isEmpty();
        assertThat(slowly).as("which refuses it itself").hasSize(1);
    }

    @Test
    void aBufferWithoutRoomForTheFrameIsAMistakeOfTheCaller() throws Exception {
        SampleFormat format = raw(PixelFormat.RGB24, 32, 32);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> converter.toRaw(
                        ByteBuffer.allocate(3072), format, Scaling.filling(32, 32), ByteBuffer.allocate(3071), format))
                .withMessageContaining("3072").withMessageContaining("3071");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> converter.toRaw(
                        ByteBuffer.allocate(3072), format, Scaling.filling(32, 31), ByteBuffer.allocate(3072), format))
                .withMessageContaining("32 x 31");
    }

    private void convert(ByteBuffer picture, SampleFormat from, Scaling scaling, SampleFormat to) throws FrameException {
        converter.toRaw(picture, from, scaling, ByteBuffer.allocate(to.frameBytes()), to);
    }

    private void toJpg(ByteBuffer picture) throws FrameException {
        converter.toJpg(picture, SampleFormat.encoded(Encoding.JPG, 0, 0), Scaling.filling(20, 20), 80);
    }

    private static SampleFormat raw(PixelFormat pixelFormat, int width, int height) throws FormatException {
        return SampleFormat.raw(pixelFormat, width, height, 0, MAX);
    }

    private static ByteBuffer jpg(int width, int height, int progressiveMode) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setProgressiveMode(progressiveMode);
            writer.setOutput(output);
            writer.write(null, new IIOImage(Pictures.quadrants(width, height), null, null), settings);
        } finally {
            writer.dispose();
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}
