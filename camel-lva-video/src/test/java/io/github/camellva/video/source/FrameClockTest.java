package io.github.camellva.video.source;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FrameClockTest {

    private static final long SECOND = 1_000_000;

    private final FakeTime time = new FakeTime();
    private final FrameClock clock = new FrameClock(new MachineClock(time));

    @Test
    void framesOfACameraHaveTheTimeOfTheirStreamWhateverDelaysThem() {
        clock.restart(true, false);
        long first = clock.takenMicros(at(5 * SECOND));
        assertThat(first).isEqualTo(time.nowMicros());
        time.pass(Duration.ofMillis(340));
        assertThat(clock.takenMicros(at(5 * SECOND + 40_000))).as("300 ms late").isEqualTo(first + 40_000);
    }

    @Test
    void whatTheCameraSaysOfItsClockCounts() {
        clock.restart(true, false);
        long camera = time.nowMicros() - 123_456;
        assertThat(clock.takenMicros(at(5 * SECOND).takenAt(camera))).isEqualTo(camera);
    }

    @Test
    void aCameraWhoseClockIsWrongIsNotBelieved() {
        clock.restart(true, false);
        assertThat(clock.takenMicros(at(5 * SECOND).takenAt(0))).isEqualTo(time.nowMicros());
    }

    @Test
    void aClockThatIsSetForwardIsFollowed() {
        clock.restart(true, false);
        clock.takenMicros(at(0));
        time.jump(Duration.ofHours(1));
        time.pass(Duration.ofMillis(40));
        assertThat(clock.takenMicros(at(40_000))).isEqualTo(time.nowMicros());
    }

    @Test
    void aClockThatIsSetBackIsNotFollowedNorAfterALoss() {
        clock.restart(true, false);
        long first = clock.takenMicros(at(0));
        time.jump(Duration.ofHours(-1));
        time.pass(Duration.ofMillis(40));
        assertThat(clock.takenMicros(at(40_000))).isEqualTo(first + 40_000);
        time.pass(Duration.ofSeconds(9));
        clock.restart(true, false);
        assertThat(clock.takenMicros(at(77 * SECOND))).isEqualTo(first + 9 * SECOND + 40_000);
    }

    @Test
    void aCameraWhoseClockIsFastHasNoFramesOfTheFuture() {
        clock.restart(true, false);
        for (int i = 0; i < 10_000; i++) {
            long taken = clock.takenMicros(at(i * 40_100L));
            assertThat(taken).isLessThanOrEqualTo(time.nowMicros());
            time.pass(Duration.ofMillis(40));
        }
    }

    @Test
    void aCameraWhoseClockIsSlowDoesNotFallBehind() {
        clock.restart(true, false);
        long age = 0;
        for (int i = 0; i < 100_000; i++) {
            age = time.nowMicros() - clock.takenMicros(at(i * 39_960L));
            time.pass(Duration.ofMillis(40));
        }
        assertThat(age).as("micros, after 100,000 frames that are each 40 micros early").isBetween(0L, 100_000L);
    }

    @Test
    void aStreamWhoseTimeJumpsGoesOnFromNow() {
        clock.restart(true, false);
        long first = clock.takenMicros(at(3_600 * SECOND));
        time.pass(Duration.ofMillis(40));
        assertThat(clock.takenMicros(at(0))).isEqualTo(first + 40_000);
        time.pass(Duration.ofMillis(40));
        assertThat(clock.takenMicros(at(9_000 * SECOND))).isEqualTo(first + 80_000);
    }

    @Test
    void timeDoesNotStandStillAfterACameraWhoseClockWasAhead() {
        clock.restart(true, false);
        long ahead = clock.takenMicros(at(0).takenAt(time.nowMicros() + 8 * SECOND));
        clock.restart(true, false);
        long taken = ahead;
        for (int i = 0; i < 25; i++) {
            time.pass(Duration.ofMillis(40));
            taken = clock.takenMicros(at(i * 40_000L));
        }
        assertThat(taken - ahead).as("in a second").isBetween(SECOND / 2, SECOND);
        for (int i = 25; i < 17 * 25; i++) {
            time.pass(Duration.ofMillis(40));
            taken = clock.takenMicros(at(i * 40_000L));
        }
        assertThat(time.nowMicros() - taken).as("behind the machine's clock, after 17 seconds").isBetween(0L, 40_000L);
    }

    @Test
    void framesOfAFileAreAsFarApartAsInTheFile() {
        clock.restart(false, false);
        long first = clock.takenMicros(at(10 * SECOND));
        assertThat(first).isEqualTo(time.nowMicros());
        assertThat(clock.takenMicros(at(11 * SECOND))).isEqualTo(first + SECOND);
    }

    @Test
    void aFileThatBeginsAgainGoesOn() {
        clock.restart(false, false);
        long first = clock.takenMicros(at(10 * SECOND));
        clock.restart(false, false);
        assertThat(clock.takenMicros(at(10 * SECOND))).isEqualTo(first + FakeInput.FRAME_MICROS);
    }

    @Test
    void timesGrowByATickAtLeast() {
        clock.restart(false, false);
        long first = clock.takenMicros(at(10 * SECOND));
        long second = clock.takenMicros(at(10 * SECOND + 1));
        assertThat(second * 9 / 100).isGreaterThan(first * 9 / 100);
    }

    private FakeInput at(long micros) {
        return new FakeInput(true, 0, time).at(micros);
    }
}
