package io.github.camellva.examples.rig;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.camellva.proto.Classification;
import io.github.camellva.proto.Inference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class MotionDetectorTest {

    /** As far as each object goes there and back again. */
    private static final int FRAMES = 400;
    /** A box takes in where an object was and where it is, so it is longer than the object by one step. */
    private static final double LEAST_OVERLAP = 0.88;

    private final Scene scene = new Scene();
    private final MotionDetector detector = new MotionDetector();

    @Test
    void everyMovingObjectHasABoxAndNothingElseHas() {
        detect("s", scene.render(0));
        for (int index = 1; index < FRAMES; index++) {
            Match match = Match.of(scene.objectsAt(index), boxes(detect("s", scene.render(index))));
            assertThat(match.found()).as("objects found in frame %d", index).isEqualTo(3);
            assertThat(match.strays()).as("boxes without object in frame %d", index).isZero();
            assertThat(match.worstOverlap()).as("overlap in frame %d", index).isGreaterThan(LEAST_OVERLAP);
        }
    }

    @Test
    void nothingMovesInTheFirstFrameOfASession() {
        detect("other", scene.render(0));
        List<Inference> inferences = detect("s", scene.render(1));
        assertThat(inferences).singleElement().matches(Inference::hasClassification);
    }

    @Test
    void sessionsSideBySideAreNotMixedUp() {
        detect("a", scene.render(0));
        detect("b", scene.render(100));
        List<Inference> a = detect("a", scene.render(1));
        List<Inference> b = detect("b", scene.render(101));
        assertThat(Match.of(scene.objectsAt(1), boxes(a))).extracting(Match::found, Match::strays).containsExactly(3, 0);
        assertThat(Match.of(scene.objectsAt(101), boxes(b))).extracting(Match::found, Match::strays).containsExactly(3, 0);
    }

    @Test
    void theSessionLongestUnusedIsForgottenWhenThereAreTooMany() {
        detect("first", scene.render(0));
        for (int i = 0; i < 16; i++) {
            detect("later " + i, scene.render(0));
        }
        assertThat(boxes(detect("first", scene.render(1)))).isEmpty();
    }

    @Test
    void noiseIsNoMotion() {
        Random random = new Random(1);
        byte[] still = gray(100);
        detect("s", still);
        for (int frame = 0; frame < 20; frame++) {
            byte[] noisy = still.clone();
            for (int i = 0; i < noisy.length; i++) {
                noisy[i] += (byte) (random.nextInt(21) - 10);
            }
            // and a pixel here and there that is far off
            for (int i = 0; i < 100; i++) {
                Arrays.fill(noisy, 3 * i * 800, 3 * i * 800 + 3, (byte) random.nextInt(256));
            }
            assertThat(boxes(detect("s", noisy))).isEmpty();
        }
    }

    @Test
    void paddingOfRowsIsNotLookedAt() {
        detect("packed", scene.render(0));
        detect("padded", padded(scene.render(0), 0), "BGR24", Scene.STRIDE_BYTES + 64);
        assertThat(detect("padded", padded(scene.render(1), 255), "BGR24", Scene.STRIDE_BYTES + 64))
                .isEqualTo(detect("packed", scene.render(1)));
    }

    @Test
    void redAndBlueAreToldApart() {
        byte[] blue = gray(0);
        for (int i = 0; i < blue.length; i += 3) {
            blue[i] = (byte) 255;
        }
        assertThat(mean(detect("bgr", blue, "BGR24", Scene.STRIDE_BYTES))).isCloseTo(255 * 0.114, within(1.5));
        assertThat(mean(detect("rgb", blue, "RGB24", Scene.STRIDE_BYTES))).isCloseTo(255 * 0.299, within(1.5));
    }

    @Test
    void anotherPixelFormatIsRefused() {
        assertThatThrownBy(() -> detect("s", scene.render(0), "YUV420P", Scene.WIDTH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("YUV420P").hasMessageContaining("BGR24 and RGB24");
    }

    @ParameterizedTest
    @CsvSource({
            "0, dark, 1", "60, dark, 0.56",
            "64, dim, 0.5", "96, dim, 1", "127, dim, 0.52",
            "128, bright, 0.5", "255, bright, 1" })
    void aFrameIsDarkDimOrBright(int luma, String expected, float confidence) {
        List<Inference> inferences = detect("s", gray(luma));
        Classification classification = inferences.get(0).getClassification();
        assertThat(inferences.get(0).getSubtype()).isEqualTo("brightness");
        assertThat(classification.getTag().getValue()).isEqualTo(expected);
        assertThat(classification.getTag().getConfidence()).isCloseTo(confidence, within(0.01f));
        assertThat(mean(inferences)).isEqualTo(luma);
    }

    private List<Inference> detect(String session, byte[] frame) {
        return detect(session, frame, "BGR24", Scene.STRIDE_BYTES);
    }

    private List<Inference> detect(String session, byte[] frame, String pixelFormat, int strideBytes) {
        ByteBuffer body = ByteBuffer.wrap(frame).asReadOnlyBuffer();
        return detector.detect(body, session, pixelFormat, Scene.WIDTH, Scene.HEIGHT, strideBytes);
    }

    private static List<Box> boxes(List<Inference> inferences) {
        return inferences.stream().filter(Inference::hasMotion)
                .map(inference -> Box.of(inference.getMotion().getBox()))
                .toList();
    }

    private static double mean(List<Inference> inferences) {
        return Double.parseDouble(inferences.get(0).getClassification().getAttributes(0).getValue());
    }

    private static byte[] gray(int luma) {
        byte[] picture = new byte[Scene.STRIDE_BYTES * Scene.HEIGHT];
        Arrays.fill(picture, (byte) luma);
        return picture;
    }

    private static byte[] padded(byte[] packed, int padding) {
        byte[] picture = new byte[(Scene.STRIDE_BYTES + 64) * Scene.HEIGHT];
        Arrays.fill(picture, (byte) padding);
        for (int y = 0; y < Scene.HEIGHT; y++) {
            System.arraycopy(packed, y * Scene.STRIDE_BYTES, picture, y * (Scene.STRIDE_BYTES + 64), Scene.STRIDE_BYTES);
        }
        return picture;
    }
}
