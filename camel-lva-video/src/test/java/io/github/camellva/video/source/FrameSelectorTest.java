package io.github.camellva.video.source;

import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameSelectorTest {

    @ParameterizedTest
    @CsvSource({ "0, 250", "5, 50", "1, 10", "10, 100", "25, 250", "50, 250", "7, 70", "0.5, 5" })
    void soManyFramesOfTenSecondsAreTaken(double framesPerSecond, int expected) {
        FrameSelector selector = new FrameSelector(framesPerSecond);
        long taken = LongStream.range(0, 250).map(i -> i * 40_000).filter(selector::take).count();
        assertThat(taken).isBetween(expected - 1L, expected + 1L);
    }

    @ParameterizedTest
    @CsvSource({ "1", "5" })
    void afterAPauseNoFramesAreCaughtUpOn(double framesPerSecond) {
        FrameSelector selector = new FrameSelector(framesPerSecond);
        assertThat(selector.take(0)).isTrue();
        assertThat(selector.take(60_000_000)).isTrue();
        assertThat(selector.take(60_040_000)).isFalse();
    }
}
