package io.github.camellva.onnx;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

import io.github.camellva.onnx.demo.Frames;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.PictureCodec;
import io.github.camellva.grpc.media.Scaling;
import io.github.camellva.onnx.detect.InputCanvas;
import io.github.camellva.onnx.detect.Letterbox;
import io.github.camellva.onnx.detect.PixelValues;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** From messages to the input of a model. */
class IncomingFrameTest {

    private static final float GREY = 114 / 255f;

    private final Letterbox letterbox = new Letterbox(8, 8, Letterbox.Fit.PAD);
    private final FloatBuffer input
            = ByteBuffer.allocateDirect(3 * 8 * 8 * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();

    @Test
    void aWideFrameLiesBetweenGreyBars() throws Exception {
        Scaling scaling = draw(Frames.raw("RGB24", 16, 8, plain(16 * 8, 255, 0, 51)));
        assertThat(scaling).isEqualTo(new Scaling(8, 8, 0, 2, 8, 4));
        for (int x = 0; x < 8; x++) {
            for (int component = 0; component < 3; component++) {
                assertThat(at(component, x, 1)).as("above").isEqualTo(GREY);
                assertThat(at(component, x, 6)).as("below").isEqualTo(GREY);
            }
            assertThat(at(0, x, 2)).isEqualTo(1);
            assertThat(at(1, x, 5)).isZero();
            assertThat(at(2, x, 3)).isCloseTo(0.2f, within(1e-6f));
        }
    }

    @Test
    void aTallFrameLiesBetweenGreyBars() throws Exception {
        assertThat(draw(Frames.raw("RGB24", 4, 16, plain(4 * 16, 255, 255, 255)))).isEqualTo(new Scaling(8, 8, 3, 0, 2, 8));
        for (int y = 0; y < 8; y++) {
            assertThat(at(2, 2, y)).isEqualTo(GREY);
            assertThat(at(2, 3, y)).isEqualTo(1);
            assertThat(at(2, 4, y)).isEqualTo(1);
            assertThat(at(2, 5, y)).isEqualTo(GREY);
        }
    }

    @Test
    void nothingStaysOfTheFrameBefore() throws Exception {
        draw(Frames.raw("RGB24", 4, 16, plain(4 * 16, 255, 255, 255)));
        draw(Frames.raw("RGB24", 16, 4, plain(16 * 4, 0, 0, 0)));
        float[] values = new float[input.capacity()];
        input.get(0, values);
        for (float value : values) {
            assertThat(value).isIn(0f, GREY);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "RGB24, 0, 1, 2, 3", "BGR24, 2, 1, 0, 3", "RGBA, 0, 1, 2, 4",
            "BGRA, 2, 1, 0, 4", "ARGB, 1, 2, 3, 4", "ABGR, 3, 2, 1, 4" })
    void componentsAreWhereThePixelFormatHasThem(String pixelFormat, int red, int green, int blue, int bytes) throws Exception {
        byte[] frame = new byte[8 * 8 * bytes];
        for (int at = 0; at < frame.length; at += bytes) {
            frame[at + red] = (byte) 255;
            frame[at + green] = (byte) 102;
            frame[at + blue] = 51;
        }
        draw(Frames.raw(pixelFormat, 8, 8, frame));
        assertThat(at(0, 3, 3)).isEqualTo(1);
        assertThat(at(1, 3, 3)).isCloseTo(0.4f, within(1e-6f));
        assertThat(at(2, 3, 3)).isCloseTo(0.2f, within(1e-6f));
    }

    @Test
    void betweenPixelsValuesAreOnTheLineBetweenThem() throws Exception {
        // 4 pixels become 8: centres of the result are at -0.25, 0.25, 0.75, ... of the source
        byte[] frame = new byte[4 * 4 * 3];
        for (int at = 0; at < frame.length; at++) {
            frame[at] = (byte) (at / 3 % 4 * 60 + at / 12 * 4);
        }
        draw(Frames.raw("RGB24", 4, 4, frame));
        assertThat(at(0, 0, 0) * 255).isCloseTo(0, within(1e-4f));
        assertThat(at(0, 1, 0) * 255).isCloseTo(15, within(1e-4f));
        assertThat(at(0, 2, 0) * 255).isCloseTo(45, within(1e-4f));
        assertThat(at(0, 7, 0) * 255).isCloseTo(180, within(1e-4f));
        assertThat(at(0, 0, 1) * 255).isCloseTo(1, within(1e-4f));
        assertThat(at(0, 2, 3) * 255).isCloseTo(45 + 5, within(1e-4f));
        assertThat(at(0, 7, 7) * 255).isCloseTo(192, within(1e-4f));
    }

    @Test
    void whatPadsRowsIsNotSeen() throws Exception {
        int stride = 8 * 3 + 5;
        byte[] frame = new byte[stride * 8];
        Arrays.fill(frame, (byte) 255);
        for (int y = 0; y < 8; y++) {
            Arrays.fill(frame, y * stride, y * stride + 8 * 3, (byte) 0);
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(frame.length + 3).position(3).put(frame).position(3);
        draw(Frames.raw("RGB24", 8, 8, stride, direct));
        float[] values = new float[input.capacity()];
        input.get(0, values);
        assertThat(values).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({ "PNG", "BMP" })
    void picturesAreDecoded(String encoding) throws Exception {
        BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(3, 4, 0xff6633);
        draw(Frames.encoded(
                encoding, encoding.equals("PNG") ? PictureCodec.encodePng(picture) : PictureCodec.encodeBmp(picture)));
        assertThat(at(0, 3, 4)).isEqualTo(1);
        assertThat(at(1, 3, 4)).isCloseTo(0.4f, within(1e-6f));
        assertThat(at(2, 3, 4)).isCloseTo(0.2f, within(1e-6f));
        assertThat(at(0, 4, 4)).isZero();
    }

    @Test
    void planesOfLumaAndChromaAreDecoded() throws Exception {
        byte[] frame = new byte[8 * 8 * 3 / 2];
        Arrays.fill(frame, 0, 64, (byte) 235);
        Arrays.fill(frame, 64, frame.length, (byte) 128);
        draw(Frames.raw("YUV420P", 8, 8, frame));
        assertThat(at(1, 5, 5)).isEqualTo(1);
    }

    @Test
    void framesThatAreNotWhatTheySayAreRefused() {
        assertThatThrownBy(() -> draw(Frames.raw("RGB24", 8, 8, new byte[191])))
                .isInstanceOf(FrameException.class).hasMessageContainingAll("191 bytes", "RGB24", "192");
        assertThatThrownBy(() -> draw(Frames.raw("NONE", 8, 8, new byte[192])))
                .isInstanceOf(FrameException.class).hasMessageContaining("pixel_format");
        assertThatThrownBy(() -> draw(Frames.encoded("JPG", ByteBuffer.wrap(new byte[9]))))
                .isInstanceOf(FrameException.class).hasMessageContaining("JPG, PNG and BMP are accepted");
        assertThatThrownBy(() -> draw(Frames.encoded("JPG", null)))
                .isInstanceOf(FrameException.class).hasMessageContaining("the message has no body");
    }

    private Scaling draw(Message frame) throws FrameException {
        return letterbox.draw(IncomingFrame.of(frame), InputCanvas.of(input, 8, 8, PixelValues.UNIT, 0, 1, 2));
    }

    private float at(int component, int x, int y) {
        return input.get((component * 8 + y) * 8 + x);
    }

    private static byte[] plain(int pixels, int red, int green, int blue) {
        byte[] frame = new byte[pixels * 3];
        for (int at = 0; at < frame.length; at += 3) {
            frame[at] = (byte) red;
            frame[at + 1] = (byte) green;
            frame[at + 2] = (byte) blue;
        }
        return frame;
    }

    @Test
    void aPictureInMemoryIsTaken() throws Exception {
        for (int type : new int[] { BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY }) {
            BufferedImage picture = new BufferedImage(8, 8, type);
            picture.setRGB(2, 1, 0xffffff);
            Message message = Frames.encoded(null, null);
            message.setBody(picture);
            draw(message);
            assertThat(at(0, 2, 1)).isEqualTo(1);
            assertThat(at(0, 3, 1)).isZero();
        }
    }

    @Test
    void aClassifierSeesTheMiddle() throws Exception {
        byte[] frame = plain(16 * 8, 255, 255, 255);
        for (int y = 0; y < 8; y++) {
            Arrays.fill(frame, y * 48, y * 48 + 12, (byte) 0);
        }
        new Letterbox(8, 8, Letterbox.Fit.CROP).draw(IncomingFrame.of(Frames.raw("RGB24", 16, 8, frame)),
                InputCanvas.of(input, 8, 8, PixelValues.IMAGENET, 0, 1, 2));
        assertThat(at(0, 0, 0)).isCloseTo((1 - 0.485f) / 0.229f, within(1e-6f));
        assertThat(at(2, 7, 7)).isCloseTo((1 - 0.406f) / 0.225f, within(1e-6f));
    }

    @Test
    void yoloxSeesLevelsBlueFirstWithBarsAtTheEnd() throws Exception {
        Scaling scaling = new Letterbox(8, 8, Letterbox.Fit.PAD_END).draw(
                IncomingFrame.of(Frames.raw("RGB24", 16, 8, plain(16 * 8, 255, 0, 51))),
                InputCanvas.of(input, 8, 8, PixelValues.LEVELS, 2, 1, 0));
        assertThat(scaling).isEqualTo(new Scaling(8, 8, 0, 0, 8, 4));
        assertThat(at(0, 0, 0)).isEqualTo(51);
        assertThat(at(2, 0, 0)).isEqualTo(255);
        assertThat(at(2, 0, 4)).isEqualTo(114);
    }

    @Test
    void aPixelFormatOrBodyThatIsNoneIsToldWithThoseThatAre() {
        assertThatThrownBy(() -> draw(Frames.raw("RGB12", 8, 8, new byte[192])))
                .isInstanceOf(FrameException.class).hasMessageContaining("RGB12").hasMessageContaining("BGR24");
        Message message = Frames.encoded(null, null);
        message.setBody(List.of());
        assertThatThrownBy(() -> draw(message)).isInstanceOf(FrameException.class).hasMessageContaining("the body is a java.util");
    }
}
