package io.github.camellva.video.ffmpeg;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InterruptTest {

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);

    private long nanos = Long.MAX_VALUE - 1_000_000;
    private boolean stopped;

    @Test
    void aCallThatWaitsTooLongIsEnded() {
        try (Interrupt interrupt = new Interrupt(() -> stopped, () -> nanos, Duration.ofSeconds(5))) {
            assertThat(questionsUntilDue(interrupt)).isEqualTo(51);
            assertThat(interrupt.hasExpired()).isTrue();
            interrupt.allow(Duration.ofSeconds(1));
            assertThat(interrupt.hasExpired()).isFalse();
            assertThat(questionsUntilDue(interrupt)).isEqualTo(11);
        }
    }

    @Test
    void timeInWhichTheProcessDoesNotRunDoesNotCount() {
        try (Interrupt interrupt = new Interrupt(() -> stopped, () -> nanos, Duration.ofSeconds(5))) {
            pass(Duration.ofSeconds(60));
            assertThat(interrupt.isDue()).as("what has come meanwhile can be read").isFalse();
            assertThat(questionsUntilDue(interrupt)).isBetween(46, 51);
        }
    }

    @Test
    void onAMachineThatIsTooBusyToAskOftenACallMayTakeLonger() {
        try (Interrupt interrupt = new Interrupt(() -> stopped, () -> nanos, Duration.ofSeconds(5))) {
            for (int second = 0; second < 15; second++) {
                pass(Duration.ofSeconds(1));
                assertThat(interrupt.isDue()).as("after %d s", second + 1).isFalse();
            }
        }
    }

    @Test
    void aCallIsEndedAtOnceWhenTheSourceIsStopped() {
        try (Interrupt interrupt = new Interrupt(() -> stopped, () -> nanos, Duration.ofSeconds(5))) {
            assertThat(interrupt.isDue()).isFalse();
            stopped = true;
            assertThat(interrupt.isDue()).isTrue();
            assertThat(interrupt.hasExpired()).isFalse();
        }
    }

    private int questionsUntilDue(Interrupt interrupt) {
        int questions = 0;
        do {
            pass(BETWEEN_QUESTIONS);
            questions++;
        } while (!interrupt.isDue());
        return questions;
    }

    private void pass(Duration duration) {
        nanos += duration.toNanos();
    }
}
