package io.github.camellva.video;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class FormatsTest {

    private static final String RED = "lavfi:color=c=red:size=64x32:rate=25:duration=0.2";
    /** What conversions to and from YUV lose. */
    private static final int TOLERANCE = 4;

    @ParameterizedTest
    @CsvSource({ "BGR24, 0, 0, 255", "RGB24, 255, 0, 0" })
    void pixelsHaveTheirColours(String format, int first, int second, int third) throws Exception {
        byte[] body = play("lvavideo:" + RED + "?format=" + format).get(0).body();
        assertThat(body).hasSize(64 * 32 * 3);
        assertThat(body[300] & 0xff).isCloseTo(first, within(TOLERANCE));
        assertThat(body[301] & 0xff).isCloseTo(second, within(TOLERANCE));
        assertThat(body[302] & 0xff).isCloseTo(third, within(TOLERANCE));
    }

    @Test
    void yuvIsOfLimitedRange() throws Exception {
        byte[] body = play("lvavideo:" + RED + "?format=YUV420P").get(0).body();
        assertThat(body).hasSize(64 * 32 * 3 / 2);
        assertThat(body[0] & 0xff).isCloseTo(81, within(TOLERANCE));
        assertThat(body[64 * 32] & 0xff).isCloseTo(90, within(TOLERANCE));
        assertThat(body[64 * 32 * 5 / 4] & 0xff).isCloseTo(240, within(TOLERANCE));
    }

    @Test
    void aJpgPictureIsOneForEverybody() throws Exception {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(play("lvavideo:" + RED + "?format=JPG").get(0).body()));
        assertThat(picture.getWidth()).isEqualTo(64);
        assertThat(picture.getRGB(30, 10) >> 16 & 0xff).isCloseTo(255, within(TOLERANCE));
        assertThat(picture.getRGB(30, 10) & 0xff).isCloseTo(0, within(TOLERANCE));
    }

    @Test
    void aFrameIsPaddedWithBlack() throws Exception {
        Watched.Seen frame = play("lvavideo:" + RED + "?width=64&height=64").get(0);
        assertThat(frame.height()).isEqualTo(64);
        assertThat(frame.body()[(8 * 64 + 30) * 3 + 2]).as("above the picture").isZero();
        assertThat(frame.body()[(32 * 64 + 30) * 3 + 2] & 0xff).isCloseTo(255, within(TOLERANCE));
        assertThat(frame.body()[(56 * 64 + 30) * 3 + 2]).as("below the picture").isZero();
    }

    @ParameterizedTest
    @CsvSource({
            "BGR24, 32, 64, 0, 255", "BGR24, 33, 64, 0, 255", "YUV420P, 32, 64, 16, 235", "YUV420P, 33, 64, 16, 235",
            "YUV420P, 35, 67, 16, 235" })
    void barsBesideAPictureReachToItsEdges(String format, int pictureWidth, int width, int black, int white) throws Exception {
        String source = "lavfi:color=c=white:size=" + pictureWidth + "x32:rate=25:duration=0.04";
        byte[] body = play("lvavideo:" + source + "?format=" + format + "&width=" + width + "&height=32").get(0).body();
        int bytesPerPixel = format.equals("BGR24") ? 3 : 1;
        int left = (width - pictureWidth) / 2;
        for (int x = 0; x < width; x++) {
            int expected = x >= left && x < left + pictureWidth ? white : black;
            assertThat(body[(16 * width + x) * bytesPerPixel] & 0xff).as("column %d", x).isCloseTo(expected, within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @CsvSource({ "32, 64", "33, 64" })
    void barsBesideAJpgPictureAreBlack(int pictureWidth, int width) throws Exception {
        String source = "lavfi:color=c=white:size=" + pictureWidth + "x32:rate=25:duration=0.04";
        byte[] body = play("lvavideo:" + source + "?format=JPG&jpegQuality=95&width=" + width + "&height=32").get(0).body();
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(body));
        assertThat(picture.getRGB(4, 16) & 0xff).isCloseTo(0, within(TOLERANCE));
        assertThat(picture.getRGB(width / 2, 16) & 0xff).isCloseTo(255, within(TOLERANCE));
        assertThat(picture.getRGB(width - 4, 16) & 0xff).isCloseTo(0, within(TOLERANCE));
    }

    @ParameterizedTest
    @CsvSource({ "65x33, BGR24, 6435", "65x33, YUV420P, 3267", "1x1, RGB24, 3" })
    void oddSizesAreWholeToo(String size, String format, int bytes, @TempDir Path directory) throws Exception {
        String[] sides = size.split("x");
        Path png = directory.resolve("odd.png");
        ImageIO.write(new BufferedImage(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), BufferedImage.TYPE_3BYTE_BGR), "png", png.toFile());
        assertThat(play("lvavideo:" + png + "?format=" + format).get(0).body()).hasSize(bytes);
    }

    @Test
    void picturesOfADirectoryComeInOrderAndWhatIsNoneIsLeftOut(@TempDir Path directory) throws Exception {
        for (int i = 1; i <= 3; i++) {
            ImageIO.write(new BufferedImage(10 * i, 8, BufferedImage.TYPE_3BYTE_BGR), List.of("jpg", "png", "bmp").get(i - 1),
                    directory.resolve(i + "." + List.of("jpg", "png", "bmp").get(i - 1)).toFile());
        }
        Files.writeString(directory.resolve("2b.jpg"), "nothing to see here");
        Files.writeString(directory.resolve("readme.txt"), "not a picture");
        List<Watched.Seen> seen = play("lvavideo:" + directory);
        assertThat(seen).extracting(Watched.Seen::width).containsExactly(10, 20, 30);
        assertThat(seen.get(2).timestamp() - seen.get(0).timestamp()).isEqualTo(90_000 * 3 / 10);
    }

    @Test
    void aJpgPictureIsPassedOnUntouched(@TempDir Path directory) throws Exception {
        Path jpg = directory.resolve("a.jpg");
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_3BYTE_BGR), "jpg", jpg.toFile());
        assertThat(play("lvavideo:" + jpg + "?format=JPG").get(0).body()).isEqualTo(Files.readAllBytes(jpg));
        assertThat(play("lvavideo:" + directory + "?format=JPG").get(0).body()).isEqualTo(Files.readAllBytes(jpg));
    }

    /** To its end. */
    private static List<Watched.Seen> play(String uri) throws Exception {
        try (Watched watched = Watched.start(uri)) {
            watched.awaitState("ended");
            return watched.seen();
        }
    }
}
