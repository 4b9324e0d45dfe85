package io.github.camellva.examples.iothub.device;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryDelayTest {

    private long now;
    private final RetryDelay delay = new RetryDelay(Duration.ofSeconds(1), () -> now);

    @Test
    void growsToItsLongestAndIsSpread() {
        for (int seconds : new int[] { 1, 2, 4, 8, 16, 30, 30 }) {
            assertThat(delay.next()).isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(1250 * seconds));
        }
    }

    @Test
    void goesOnGrowingWhenConnectionsDoNotLast() {
        delay.next();
        delay.connected();
        now += Duration.ofSeconds(29).toNanos();
        assertThat(delay.next()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void beginsAnewAfterAConnectionThatLasted() {
        delay.next();
        delay.next();
        delay.connected();
        now += Duration.ofSeconds(31).toNanos();
        assertThat(delay.next()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aLongOutageIsNoConnectionThatLasted() {
        delay.connected();
        for (int i = 0; i < 3; i++) {
            delay.next();
        }
        now += Duration.ofMinutes(10).toNanos();
        assertThat(delay.next()).isGreaterThanOrEqualTo(Duration.ofSeconds(8));
    }
}
