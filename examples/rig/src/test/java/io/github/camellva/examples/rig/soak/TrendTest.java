package io.github.camellva.examples.rig.soak;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TrendTest {

    private static final int SAMPLES = 1000;

    private final Random random = new Random(1);

    @Test
    void aLineIsFoundAsItIs() {
        Trend trend = Trend.of(List.of(1.0, 1.5, 2.0), List.of(10.0, 11.0, 12.0));
        assertThat(trend.mean()).isCloseTo(11, within(1e-9));
        assertThat(trend.slopePerHour()).isCloseTo(2, within(1e-9));
        assertThat(trend.growth()).isCloseTo(2, within(1e-9));
    }

    @Test
    void whatOnlyGoesUpAndDownIsFlat() {
        assertThat(Measure.THREADS.isFlat(trend(0, 20))).isTrue();
        assertThat(Measure.RSS.isFlat(trend(0, 100))).isTrue();
    }

    @Test
    void aSlowLeakUnderNoiseIsFound() {
        assertThat(Measure.THREADS.isFlat(trend(10, 20))).isFalse();
        assertThat(Measure.DESCRIPTORS.isFlat(trend(10, 20))).isFalse();
        assertThat(Measure.RSS.isFlat(trend(20, 100))).isFalse();
    }

    @Test
    void lessThanBeforeIsNoLeak() {
        assertThat(Measure.HEAP.isFlat(trend(-50, 20))).isTrue();
    }

    @Test
    void theWarmUpIsLeftOut() {
        History history = new History("node");
        history.add(0, Map.of(Measure.RSS, 1000.0));
        history.add(1, Map.of(Measure.RSS, 10.0));
        history.add(2, Map.of(Measure.RSS, 12.0));
        assertThat(history.trend(Measure.RSS, 0.5)).isEqualTo(new Trend(11, 2, 1));
    }

    /** Samples of an hour, around 100. */
    private Trend trend(double growth, double noise) {
        List<Double> hours = IntStream.range(0, SAMPLES).mapToObj(i -> (double) i / (SAMPLES - 1)).toList();
        return Trend.of(hours, hours.stream().map(hour -> 100 + growth * hour + noise * (random.nextDouble() - 0.5)).toList());
    }
}
