package io.github.camellva.grpc.media;

import java.awt.image.BufferedImage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.media.Pictures.BLACK;
import static io.github.camellva.grpc.media.Pictures.BLUE;
import static io.github.camellva.grpc.media.Pictures.GREEN;
import static io.github.camellva.grpc.media.Pictures.RED;
import static io.github.camellva.grpc.media.Pictures.WHITE;
import static io.github.camellva.grpc.media.Pictures.assertPixel;
import static io.github.camellva.grpc.media.Pictures.assertQuadrants;
import static io.github.camellva.grpc.media.Pictures.plain;
import static io.github.camellva.grpc.media.Pictures.quadrants;
import static io.github.camellva.grpc.media.Pictures.row;
import static org.assertj.core.api.Assertions.assertThat;

class ScalingTest {

    @Test
    void aPictureOfTheRightSizeIsNotTouched() {
        BufferedImage picture = quadrants(8, 6);
        assertThat(Scaling.filling(8, 6).draw(picture)).isSameAs(picture);
    }

    @ParameterizedTest(name = "to {0}x{1}")
    @CsvSource({ "4,4", "20,10", "6,50", "80,80", "160,120", "41,79", "81,3" })
    void stretchingKeepsEveryColourInItsQuarter(int width, int height) {
        BufferedImage drawn = Scaling.filling(width, height).draw(quadrants(40, 40));
        assertThat(drawn.getWidth()).isEqualTo(width);
        assertThat(drawn.getHeight()).isEqualTo(height);
        assertQuadrants(drawn, 0);
    }

    @Test
    void aPixelOfASmallerPictureIsTheMeanOfItsArea() {
        BufferedImage picture = Pictures.of(
                row(0x000000, 0xff00ff, 0x404040, 0x404040), row(0x00ff00, 0xffffff, 0x606060, 0x606060));
        BufferedImage drawn = Scaling.filling(2, 1).draw(picture);
        assertPixel(drawn, 0, 0, 0x808080);
        assertPixel(drawn, 1, 0, 0x505050);
    }

    @Test
    void areasThatEndInsideAPixelTakeTheirShareOfIt() {
        BufferedImage drawn = Scaling.filling(2, 1).draw(Pictures.of(row(0x000000, 0x5a5a5a, 0xffffff)));
        assertPixel(drawn, 0, 0, 0x1e1e1e);
        assertPixel(drawn, 1, 0, 0xc8c8c8);
    }

    @Test
    void fineStripesBecomeGreyAndNotOtherStripes() {
        BufferedImage stripes = new BufferedImage(600, 10, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 6000; i++) {
            stripes.setRGB(i % 600, i / 600, i % 2 == 0 ? BLACK : WHITE);
        }
        BufferedImage drawn = Scaling.filling(60, 10).draw(stripes);
        for (int x = 0; x < 60; x++) {
            assertPixel(drawn, x, 5, 0x808080);
        }
    }

    @Test
    void pixelsOfALargerPictureLieOnTheLineBetweenTheirNeighbours() {
        BufferedImage drawn = Scaling.filling(4, 1).draw(Pictures.of(row(BLACK, WHITE)));
        assertPixel(drawn, 0, 0, BLACK);
        assertPixel(drawn, 1, 0, 0x404040);
        assertPixel(drawn, 2, 0, 0xbfbfbf);
        assertPixel(drawn, 3, 0, WHITE);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0x010203, 0xfefdfc, 0x7f8081, 0x000000, 0xffffff })
    void aPlainColourStaysWhatItIs(int color) {
        for (int[] size : new int[][] { { 7, 3 }, { 36, 41 }, { 1, 1 }, { 100, 99 } }) {
            BufferedImage drawn = Scaling.filling(size[0], size[1]).draw(plain(37, 41, color));
            assertThat(drawn.getRGB(0, 0, size[0], size[1], null, 0, size[0])).containsOnly(0xff000000 | color);
        }
    }

    @Test
    void aWidePictureGetsBlackBarsAboveAndBelow() throws Exception {
        BufferedImage drawn = new ScaleTarget(ScaleMode.PAD, 100, 100).of(200, 100).draw(quadrants(200, 100));
        assertThat(drawn.getRGB(0, 0, 100, 25, null, 0, 100)).containsOnly(0xff000000);
        assertThat(drawn.getRGB(0, 75, 100, 25, null, 0, 100)).containsOnly(0xff000000);
        assertQuadrants(drawn.getSubimage(0, 25, 100, 50), 0);
    }

    @Test
    void aTallPictureGetsBlackBarsLeftAndRight() throws Exception {
        BufferedImage drawn = new ScaleTarget(ScaleMode.PAD, 90, 60).of(100, 200).draw(quadrants(100, 200));
        assertThat(drawn.getRGB(0, 0, 30, 60, null, 0, 30)).containsOnly(0xff000000);
        assertThat(drawn.getRGB(60, 0, 30, 60, null, 0, 30)).containsOnly(0xff000000);
        assertQuadrants(drawn.getSubimage(30, 0, 30, 60), 0);
    }

    @Test
    void whatIsLeftOverOfAnOddPaddingIsAtTheEnd() throws Exception {
        BufferedImage picture = Pictures.of(row(RED, GREEN), row(BLUE, WHITE));
        BufferedImage drawn = new ScaleTarget(ScaleMode.PAD, 5, 2).of(2, 2).draw(picture);
        assertThat(drawn.getRGB(0, 0, 5, 2, null, 0, 5)).containsExactly(
                0xff000000, 0xffff0000, 0xff00ff00, 0xff000000, 0xff000000,
                0xff000000, 0xff0000ff, 0xffffffff, 0xff000000, 0xff000000);
    }

    @Test
    void preservedProportionsLeaveNoBars() throws Exception {
        BufferedImage drawn = new ScaleTarget(ScaleMode.PRESERVE_ASPECT_RATIO, 100, 100).of(200, 100).draw(quadrants(200, 100));
        assertThat(drawn.getWidth()).isEqualTo(100);
        assertThat(drawn.getHeight()).isEqualTo(50);
        assertQuadrants(drawn, 0);
    }

    @Test
    void alphaIsAveragedLikeAColourAndThePaddingIsOpaque() {
        BufferedImage picture = new BufferedImage(4, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 4, 1, new int[] { 0x00ff0000, 0x80ff0000, 0x400000ff, 0x400000ff }, 0, 4);
        BufferedImage drawn = new Scaling(2, 3, 0, 1, 2, 1).draw(picture);
        assertThat(drawn.getRGB(0, 0, 2, 3, null, 0, 2))
                .containsExactly(0xff000000, 0xff000000, 0x40ff0000, 0x400000ff, 0xff000000, 0xff000000);
    }

    @Test
    void picturesThatAreNotOfIntsAreDrawnToo() {
        BufferedImage grey = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSamples(0, 0, 2, 2, 0, new int[] { 100, 100, 200, 200 });
        BufferedImage drawn = Scaling.filling(1, 2).draw(grey);
        assertPixel(drawn, 0, 0, 0x646464);
        assertPixel(drawn, 0, 1, 0xc8c8c8);
    }
}
