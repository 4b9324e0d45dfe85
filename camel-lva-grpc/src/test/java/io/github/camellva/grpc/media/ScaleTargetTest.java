package io.github.camellva.grpc.media;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ScaleTargetTest {

    @ParameterizedTest(name = "{0}x{1} into {2}x{3} becomes {4}x{5}")
    @CsvSource({
            "1920,1080,416,416,416,234", "1080,1920,416,416,234,416", "416,416,416,416,416,416", "100,100,416,300,300,300",
            "1920,1080,640,0,640,360", "1920,1080,0,360,640,360", "640,480,1280,0,1280,960", "1001,500,100,0,100,50",
            "10000,1,100,100,100,1", "1,10000,0,100,1,100" })
    void preserveAspectRatioFitsWithoutPadding(
            int pictureWidth, int pictureHeight, int width, int height, int expectedWidth, int expectedHeight)
            throws Exception {
        assertThat(new ScaleTarget(ScaleMode.PRESERVE_ASPECT_RATIO, width, height).of(pictureWidth, pictureHeight))
                .isEqualTo(new Scaling(expectedWidth, expectedHeight, 0, 0, expectedWidth, expectedHeight));
    }

    @ParameterizedTest(name = "{0}x{1} into {2}x{3} lies at {4},{5} with {6}x{7}")
    @CsvSource({
            "1920,1080,416,416,0,91,416,234", "1080,1920,416,416,91,0,234,416", "416,416,416,416,0,0,416,416",
            "600,1000,1000,1000,200,0,600,1000", "100,100,103,100,1,0,100,100", "10,10,416,300,58,0,300,300",
            "10000,1,100,100,0,49,100,1" })
    void padFillsTheTargetAndCentersThePicture(
            int pictureWidth, int pictureHeight, int width, int height, int x, int y, int drawnWidth, int drawnHeight)
            throws Exception {
        assertThat(new ScaleTarget(ScaleMode.PAD, width, height).of(pictureWidth, pictureHeight))
                .isEqualTo(new Scaling(width, height, x, y, drawnWidth, drawnHeight));
    }

    @Test
    void stretchFillsTheTargetWhateverTheProportions() throws Exception {
        assertThat(new ScaleTarget(ScaleMode.STRETCH, 416, 300).of(1920, 1080))
                .isEqualTo(new Scaling(416, 300, 0, 0, 416, 300));
    }

    @ParameterizedTest
    @CsvSource({ "PAD,pad,416,0", "PAD,pad,0,416", "STRETCH,stretch,0,0", "STRETCH,stretch,416,0" })
    void padAndStretchNeedBothSides(ScaleMode mode, String option, int width, int height) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ScaleTarget(mode, width, height))
                .withMessageContaining("scaleMode " + option).withMessageContaining("width and height")
                .withMessageContaining(width + " and " + height);
    }

    @Test
    void preserveAspectRatioNeedsOneSide() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ScaleTarget(ScaleMode.PRESERVE_ASPECT_RATIO, 0, 0))
                .withMessageContaining("scaleMode preserveAspectRatio").withMessageContaining("width, height, or both");
    }

    @ParameterizedTest
    @CsvSource({ "-1,416,width -1", "416,65536,height 65536" })
    void sidesOutOfRangeAreRefused(int width, int height, String named) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ScaleTarget(ScaleMode.PAD, width, height))
                .withMessageContaining(named).withMessageContaining("0 to 65535");
    }

    @ParameterizedTest
    @CsvSource({ "1,65000,65535,0", "2147483647,1,0,65535", "1,2147483647,65535,0" })
    void aResultThatNoMemoryHoldsIsThatFramesFailure(int pictureWidth, int pictureHeight, int width, int height) {
        ScaleTarget target = new ScaleTarget(ScaleMode.PRESERVE_ASPECT_RATIO, width, height);
        assertThatExceptionOfType(FrameException.class).isThrownBy(() -> target.of(pictureWidth, pictureHeight))
                .withMessageContaining(pictureWidth + " x " + pictureHeight).withMessageContaining("67108864")
                .withMessageContaining("width and height");
    }

    @Test
    void aPictureWithoutPixelsCannotBeScaled() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ScaleTarget(ScaleMode.PAD, 4, 4).of(0, 3))
                .withMessageContaining("0 x 3");
    }

    @Test
    void modesAreWrittenAsUsersWriteThem() {
        assertThat(ScaleMode.values()).extracting(ScaleMode::toString).containsExactly("preserveAspectRatio", "pad", "stretch");
    }
}
