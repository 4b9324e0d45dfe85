package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camellva.grpc.Script;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;

import static org.assertj.core.api.Assertions.assertThat;

class PictureFuzzTest {

    /** Larger ones cost time and reach nothing else. */
    private static final int MOST_PIXELS = 1 << 14;
    private static final int MAX_FRAME_BYTES = 1 << 20;
    private static final Encoding[] ENCODINGS = { Encoding.RAW, Encoding.JPG, Encoding.PNG, Encoding.BMP };
    private static final PixelFormat[] PIXEL_FORMATS = {
            PixelFormat.YUV420P, PixelFormat.RGB565BE, PixelFormat.RGB555LE, PixelFormat.RGB24, PixelFormat.BGRA };
    /** What ImageIO's decoders and encoders keep of tables, whatever the picture's size. */
    private static final int MARGIN = 8 << 20;
    private static final int ALLOCATED_PER_PIXEL = 256;
    private static final int ALLOCATED_PER_BYTE = 100;

    @FuzzTest
    void aPictureIsPreparedOrRefusedAndTakesNoMoreMemoryThanItsHeaderSays(byte[] input) throws Exception {
        Script script = new Script(input);
        Optional<ScaleTarget> scale = script.nextBoolean()
                ? Optional.of(new ScaleTarget(oneOf(ScaleMode.values(), script), 1 + script.next(64), 1 + script.next(64)))
                : Optional.empty();
        FramePreparation preparation = new FramePreparation(
                scale, oneOf(ENCODINGS, script), oneOf(PIXEL_FORMATS, script), 0, 80, MAX_FRAME_BYTES);
        ByteBuffer picture = ByteBuffer.wrap(script.rest());
        PictureHeader header;
        try {
            header = PictureHeader.of(picture);
        } catch (FrameException e) {
            assertTellsWhy(e);
            return;
        }
        if ((long) header.width() * header.height() > MOST_PIXELS) {
            return;
        }
        long most = MARGIN + (long) ALLOCATED_PER_PIXEL * header.width() * header.height()
                    + (long) ALLOCATED_PER_BYTE * picture.remaining();
        Allocation.requireAtMost(most, () -> prepare(preparation, picture));
    }

    private static <T> T oneOf(T[] choice, Script script) {
        return choice[script.next(choice.length)];
    }

    private static void prepare(FramePreparation preparation, ByteBuffer picture) {
        try {
            PreparedFrame frame = preparation.prepare(picture);
            assertThat(frame.bytes().hasRemaining()).isTrue();
            if (frame.format().isRaw()) {
                assertThat(frame.bytes().remaining()).isEqualTo(frame.format().frameBytes());
            }
        } catch (FrameException e) {
            assertTellsWhy(e);
        }
    }

    private static void assertTellsWhy(FrameException e) {
        assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1000);
    }
}
