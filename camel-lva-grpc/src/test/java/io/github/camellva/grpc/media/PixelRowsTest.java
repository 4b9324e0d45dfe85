package io.github.camellva.grpc.media;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.StringJoiner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.media.Pictures.BLACK;
import static io.github.camellva.grpc.media.Pictures.BLUE;
import static io.github.camellva.grpc.media.Pictures.GREEN;
import static io.github.camellva.grpc.media.Pictures.RED;
import static io.github.camellva.grpc.media.Pictures.WHITE;
import static org.assertj.core.api.Assertions.assertThat;

class PixelRowsTest {

    @ParameterizedTest(name = "type {0}")
    @ValueSource(ints = {
            BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_INT_ARGB_PRE,
            BufferedImage.TYPE_INT_BGR, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR, BufferedImage.TYPE_4BYTE_ABGR_PRE,
            BufferedImage.TYPE_USHORT_565_RGB, BufferedImage.TYPE_USHORT_555_RGB, BufferedImage.TYPE_BYTE_INDEXED })
    void everyTypeOfColourPictureGivesTheSamePixels(int type) {
        BufferedImage picture = new BufferedImage(5, 1, type);
        int[] colors = { RED, GREEN, BLUE, WHITE, BLACK };
        for (int x = 0; x < 5; x++) {
            picture.setRGB(x, 0, 0xff000000 | colors[x]);
        }
        assertThat(pixels(picture)).isEqualTo("ffff0000 ff00ff00 ff0000ff ffffffff ff000000");
    }

    @Test
    void aPictureOfTwoColoursIsBlackAndWhite() {
        BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY);
        picture.setRGB(1, 0, 0xffffffff);
        assertThat(pixels(picture)).isEqualTo("ff000000 ffffffff ff000000");
    }

    /** The JDK takes grey for linear light and would make 188 of 128. */
    @Test
    void greyKeepsItsValue() {
        BufferedImage bytes = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        bytes.getRaster().setSample(1, 0, 0, 128);
        assertThat(pixels(bytes)).isEqualTo("ff000000 ff808080");

        BufferedImage shorts = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        shorts.getRaster().setSample(0, 0, 0, 0xffff);
        shorts.getRaster().setSample(1, 0, 0, 0x8080);
        assertThat(pixels(shorts)).isEqualTo("ffffffff ff808080");
    }

    @Test
    void greyWithAlphaKeepsBoth() {
        ComponentColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, BufferedImage.TRANSLUCENT, DataBuffer.TYPE_BYTE);
        BufferedImage picture = new BufferedImage(colors, colors.createCompatibleWritableRaster(1, 1), false, null);
        picture.getRaster().setPixel(0, 0, new int[] { 0x40, 0x99 });
        assertThat(pixels(picture)).isEqualTo("99404040");
    }

    @Test
    void sixteenBitsPerComponentAreBroughtToEight() {
        ComponentColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, BufferedImage.OPAQUE, DataBuffer.TYPE_USHORT);
        BufferedImage picture = new BufferedImage(colors, colors.createCompatibleWritableRaster(1, 1), false, null);
        picture.getRaster().setPixel(0, 0, new int[] { 0xffff, 0x8080, 0x1010 });
        assertThat(pixels(picture)).isEqualTo("ffff8010");
    }

    @Test
    void componentsInPlanesOfTheirOwnAreRead() {
        ComponentColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, BufferedImage.OPAQUE, DataBuffer.TYPE_BYTE);
        BufferedImage picture = new BufferedImage(
                colors, Raster.createBandedRaster(DataBuffer.TYPE_BYTE, 2, 1, 3, null), false, null);
        picture.getRaster().setPixel(1, 0, new int[] { 0x11, 0x22, 0x33 });
        assertThat(pixels(picture)).isEqualTo("ff000000 ff112233");
    }

    @ParameterizedTest(name = "type {0}")
    @ValueSource(ints = { BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR })
    void aPartOfALargerPictureIsJustThatPart(int type) {
        BufferedImage whole = new BufferedImage(4, 4, type);
        whole.setRGB(1, 1, 0xff0000ff);
        whole.setRGB(2, 1, 0xff123456);
        whole.setRGB(1, 2, 0xff789abc);
        whole.setRGB(2, 2, 0xffffffff);
        assertThat(pixels(whole.getSubimage(1, 1, 2, 2))).isEqualTo("ff0000ff ff123456 ff789abc ffffffff");
    }

    @ParameterizedTest(name = "type {0}")
    @ValueSource(ints = {
            BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_INT_ARGB_PRE, BufferedImage.TYPE_4BYTE_ABGR,
            BufferedImage.TYPE_4BYTE_ABGR_PRE })
    void coloursAreReadWithoutTheirAlphaInThem(int type) {
        BufferedImage picture = new BufferedImage(1, 1, type);
        picture.setRGB(0, 0, 0x80ff0000);
        assertThat(pixels(picture)).isEqualTo("80ff0000");
    }

    @Test
    void theUnusedByteOfOpaqueIntsIsOfNoMeaning() {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        picture.getRaster().setDataElements(0, 0, new int[] { 0x12ff8000 });
        assertThat(pixels(picture)).isEqualTo("ffff8000");
    }

    private static String pixels(BufferedImage picture) {
        PixelRows rows = PixelRows.of(picture);
        int[] row = new int[picture.getWidth()];
        StringJoiner pixels = new StringJoiner(" ");
        for (int y = 0; y < picture.getHeight(); y++) {
            rows.read(y, row);
            Arrays.stream(row).forEach(pixel -> pixels.add(HexFormat.of().toHexDigits(pixel)));
        }
        return pixels.toString();
    }
}
