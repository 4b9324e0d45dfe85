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
        Resampler.resample((y, row) -> {
            assertThat(y).isGreaterThan(last[0]);
            last[0] = y;
            count[0]++;
        }, width, height, toWidth, toHeight, (y, row) -> { });
        assertThat(count[0]).isEqualTo(height);
    }

    @ParameterizedTest(name = "{0}x{1} to {2}x{3}")
    @CsvSource({
            "40,30,7,5", "40,30,40,29", "40,31,80,61", "7,5,40,30", "1,9,3,2", "9,1,2,3", "64,48,41,41", "5,5,5,5", "3,2,1,1",
            "17,33,33,17", "2,2,65,65" })
    void everyPixelIsThatOfTheDefinition(int width, int height, int toWidth, int toHeight) {
        Random random = new Random(width * 31L + toHeight);
        int[][] source = new int[height][];
        for (int y = 0; y < height; y++) {
            source[y] = random.ints(width).toArray();
        }
        Resampler.resample((y, row) -> System.arraycopy(source[y], 0, row, 0, width), width, height, toWidth, toHeight, (y, row) -> {
            for (int x = 0; x < toWidth; x++) {
                assertThat(row).hasSize(toWidth);
                for (int shift = 0; shift < 32; shift += 8) {
                    double expected = expected(source, x, y, toWidth, toHeight, shift);
                    assertThat((double) (row[x] >>> shift & 0xff)).as("pixel %d, %d, bits from %d", x, y, shift)
                            .isBetween(expected - 1.01, expected + 1.01);
                }
            }
        });
    }

    @Test
    void memoryGrowsWithTheSidesAndNotWithTheArea() throws Exception {
        int[] rowsOfResult = { 0 };
        long bytes = Allocation.of(() -> Resampler.resample(
                (y, row) -> Arrays.fill(row, y), 4, 60_000, 2000, 2, (y, row) -> rowsOfResult[0]++));
        assertThat(rowsOfResult[0]).isEqualTo(2);
        assertThat(bytes).as("target width x source height would be 480 MB").isLessThan(4 * MEBIBYTE);
    }

    /** By floating point: areas where a side shrinks, lines where it grows. */
    private static double expected(int[][] source, int x, int y, int width, int height, int shift) {
        double sum = 0;
        for (int sy = 0; sy < source.length; sy++) {
            double vertical = weight(sy, source.length, y, height);
            for (int sx = 0; vertical > 0 && sx < source[0].length; sx++) {
                sum += vertical * weight(sx, source[0].length, x, width) * (source[sy][sx] >>> shift & 0xff);
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
