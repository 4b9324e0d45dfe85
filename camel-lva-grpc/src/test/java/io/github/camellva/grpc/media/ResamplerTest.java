package io.github.camellva.grpc.media;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ResamplerTest {

    private static final int MEBIBYTE = 1 << 20;

    @ParameterizedTest(name = "{0}x{1} to {2}x{3}")
    @CsvSource({
            "40,30,7,5", "40,30,40,29", "40,31,80,61", "7,5,40,30", "1,9,3,2", "9,1,2,3", "640,480,416,416", "5,5,5,5", "3,2,1,1",
            "17,33,33,17", "2,2,65,65" })
    void everySourceRowIsReadAtMostOnceAndInOrder(int width, int height, int toWidth, int toHeight) {
        int[] last = { -1 };
        int[] count = { 0 };
        Resampler resampler = resampler((y, row) -> {
            assertThat(y).isGreaterThan(last[0]);
            last[0] = y;
            count[0]++;
        }, 1, width, height, toWidth, toHeight);
        byte[] row = new byte[toWidth];
        for (int y = 0; y < toHeight; y++) {
            resampler.read(y, row);
            resampler.read(y, row);
        }
        assertThat(count[0]).isEqualTo(height);
    }

    @ParameterizedTest(name = "{0}x{1} to {2}x{3}")
    @CsvSource({
            "40,30,7,5", "40,30,40,29", "40,31,80,61", "7,5,40,30", "1,9,3,2", "9,1,2,3", "64,48,41,41", "5,5,5,5", "3,2,1,1",
            "17,33,33,17", "2,2,65,65" })
    void everyPixelIsThatOfTheDefinition(int width, int height, int toWidth, int toHeight) {
        for (int components : new int[] { 1, 3, 4 }) {
            byte[][] source = new byte[height][components * width];
            Random random = new Random(width * 31L + toHeight);
            for (byte[] row : source) {
                random.nextBytes(row);
            }
            Resampler resampler = resampler(
                    (y, row) -> System.arraycopy(source[y], 0, row, 0, row.length), components, width, height, toWidth, toHeight);
            byte[] row = new byte[components * toWidth];
            for (int y = 0; y < toHeight; y++) {
                resampler.read(y, row);
                for (int i = 0; i < row.length; i++) {
                    double expected = expected(source, i, y, components, toWidth, toHeight);
                    assertThat((double) (row[i] & 0xff)).as("byte %d of row %d", i, y).isBetween(expected - 1.01, expected + 1.01);
                }
            }
        }
    }

    @Test
    void pixelsThatAreNextToEachOtherStayApartInTheLargestPictures() {
        Resampler resampler = resampler((y, row) -> {
            for (int i = 0; i < row.length; i++) {
                row[i] = (byte) (i % 2 * 255);
            }
        }, 1, 30_000, 1, 60_000, 1);
        byte[] row = new byte[60_000];
        resampler.read(0, row);
        for (int x = 1; x < row.length; x++) {
            assertThat(row[x] & 0xff).as("pixel %d", x).isIn(0, 63, 64, 191, 192, 255);
        }
    }

    @Test
    void aPictureTakesNoMemoryOfItsOwn() throws Exception {
        Resampler resampler = new Resampler(new Resampler.Shape(3, 640, 360, 416, 234));
        ByteRows picture = (y, row) -> Arrays.fill(row, (byte) y);
        byte[] row = new byte[3 * 416];
        Allocation.requireAtMost(1024, () -> {
            resampler.resample(picture);
            for (int y = 0; y < 234; y++) {
                resampler.read(y, row);
            }
        });
    }

    @Test
    void memoryGrowsWithTheSidesAndNotWithTheArea() throws Exception {
        byte[] row = new byte[2000];
        long bytes = Allocation.of(() -> {
            Resampler resampler = resampler((y, from) -> Arrays.fill(from, (byte) y), 1, 4, 60_000, 2000, 2);
            resampler.read(0, row);
            resampler.read(1, row);
        });
        assertThat(bytes).as("target width x source height would be 120 MB").isLessThan(4 * MEBIBYTE);
    }

    private static Resampler resampler(ByteRows picture, int components, int width, int height, int toWidth, int toHeight) {
        return new Resampler(new Resampler.Shape(components, width, height, toWidth, toHeight)).resample(picture);
    }

    /** By floating point: areas where a side shrinks, lines where it grows. */
    private static double expected(byte[][] source, int i, int y, int components, int width, int height) {
        double sum = 0;
        int sourceWidth = source[0].length / components;
        for (int sy = 0; sy < source.length; sy++) {
            double vertical = weight(sy, source.length, y, height);
            for (int sx = 0; vertical > 0 && sx < sourceWidth; sx++) {
                sum += vertical * weight(sx, sourceWidth, i / components, width) * (source[sy][sx * components + i % components] & 0xff);
            }
        }
        return sum;
    }

    private static double weight(int from, int source, int to, int target) {
        if (target < source) {
            double start = (double) to * source / target;
            double end = (double) (to + 1) * source / target;
            return Math.max(0, Math.min(end, from + 1) - Math.max(start, from)) / (end - start);
        }
        double center = Math.max(0, Math.min(source - 1, (to + 0.5) * source / target - 0.5));
        return Math.max(0, 1 - Math.abs(center - from));
    }
}
