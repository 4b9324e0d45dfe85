package io.github.camellva.grpc.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTest {

    @Test
    void waitsDoubleUpToASecond() {
        Backoff backoff = new Backoff(always(0));
        assertThat(new long[] {
                millis(backoff), millis(backoff), millis(backoff), millis(backoff), millis(backoff), millis(backoff), millis(backoff) })
                .containsExactly(100, 200, 400, 800, 1000, 1000, 1000);
    }

    @Test
    void aRandomPartOfUpToHalfIsLeftOutSoThatNodesDoNotComeBackTogether() {
        assertThat(new Backoff(always(0.5)).afterFailure()).isEqualTo(Duration.ofMillis(75));
        assertThat(new Backoff(always(0.999)).afterFailure()).isBetween(Duration.ofMillis(50), Duration.ofMillis(51));
    }

    @Test
    void whatWorksAgainStartsOver() {
        Backoff backoff = new Backoff(always(0));
        backoff.afterFailure();
        backoff.afterFailure();
        backoff.reset();
        assertThat(millis(backoff)).isEqualTo(100);
    }

    @Test
    void aThousandFailuresInARowDoNotOverflow() {
        Backoff backoff = new Backoff(always(0));
        for (int i = 0; i < 1000; i++) {
            assertThat(backoff.afterFailure()).isBetween(Duration.ofMillis(100), Duration.ofSeconds(1));
        }
    }

    private static RandomGenerator always(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }

    private static long millis(Backoff backoff) {
        return backoff.afterFailure().toMillis();
    }
}
