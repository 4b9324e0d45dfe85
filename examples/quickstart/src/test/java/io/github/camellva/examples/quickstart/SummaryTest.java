package io.github.camellva.examples.quickstart;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.github.camellva.examples.rig.FrameCounts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SummaryTest {

    @Test
    void percentilesAreOfTheFramesThatWereAnswered() {
        List<Duration> latencies = IntStream.rangeClosed(1, 200).mapToObj(i -> Duration.ofMillis(201 - i)).toList();
        Summary summary = new Summary(counts(200, 200), Optional.empty(), Duration.ofSeconds(8), latencies, 3, 200, 200, 200);
        assertThat(summary.latency(50)).hasMillis(100);
        assertThat(summary.latency(99)).hasMillis(198);
        assertThat(summary.framesPerSecond()).isEqualTo(25);
        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.lines()).endsWith("answered 200 of 200 frames");
    }

    @Test
    void itIsNotCompleteWhenAFrameHasNoAnswerOrNoneWasSent() {
        List<Duration> one = List.of(Duration.ofMillis(1));
        assertThat(new Summary(counts(2, 1), Optional.empty(), Duration.ofSeconds(1), one, 0, 1, 1, 1).isComplete()).isFalse();
        assertThat(new Summary(counts(1, 1), Optional.of("x"), Duration.ofSeconds(1), one, 0, 1, 1, 1).isComplete()).isFalse();
        Summary nothing = new Summary(counts(0, 0), Optional.empty(), Duration.ZERO, List.of(), 0, 0, 0, 0);
        assertThat(nothing.isComplete()).isFalse();
        assertThat(nothing.lines()).endsWith("answered 0 of 0 frames");
    }

    private static FrameCounts counts(long sent, long answered) {
        return new FrameCounts(sent, 0, answered, 0, sent - answered);
    }
}
