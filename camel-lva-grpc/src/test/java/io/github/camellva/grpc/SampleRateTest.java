package io.github.camellva.grpc;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SampleRateTest {

    private static final double START = 1_600_000_000;

    @ParameterizedTest(name = "{0} of {1} per second")
    @CsvSource({ "15,30", "10,30", "7,30", "1,25", "29.97,30", "30,30", "60,30", "0.5,30" })
    void theRateIsKeptOnAverage(double most, int sent) {
        SampleRate rate = new SampleRate(most, 10);
        long admitted = IntStream.range(0, sent * 20).filter(i -> rate.admits("camera", START + Math.round(i * 90000.0 / sent) / 90000.0))
                .count();
        assertThat(admitted).isBetween((long) (Math.min(most, sent) * 20 * 0.97), (long) Math.ceil(Math.min(most, sent) * 20) + 1);
    }

    @Test
    void theFirstSampleIsAlwaysAdmitted() {
        assertThat(new SampleRate(1, 10).admits("camera", START)).isTrue();
    }

    @Test
    void camerasDoNotTakeEachOthersPlaces() {
        SampleRate rate = new SampleRate(1, 10);
        assertThat(rate.admits("a", START)).isTrue();
        assertThat(rate.admits("b", START)).isTrue();
        assertThat(rate.admits("a", START + 0.5)).isFalse();
    }

    @Test
    void aGapIsNotMadeUpForByABurst() {
        SampleRate rate = new SampleRate(1, 10);
        rate.admits("camera", START);
        assertThat(rate.admits("camera", START + 100)).isTrue();
        assertThat(rate.admits("camera", START + 100.5)).isFalse();
    }

    @Test
    void aRecordingThatStartsAgainIsANewBeginning() {
        SampleRate rate = new SampleRate(1, 10);
        rate.admits("camera", START + 1000);
        assertThat(rate.admits("camera", START)).isTrue();
        assertThat(rate.admits("camera", START + 0.5)).isFalse();
    }

    @Test
    void camerasThatWereNotSeenForLongAreForgotten() {
        SampleRate rate = new SampleRate(1, 2);
        rate.admits("a", START);
        rate.admits("b", START);
        rate.admits("c", START);
        assertThat(rate.admits("a", START + 0.1)).as("forgotten, so admitted").isTrue();
    }
}
