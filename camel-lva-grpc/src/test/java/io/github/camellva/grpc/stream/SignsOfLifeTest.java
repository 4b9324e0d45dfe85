package io.github.camellva.grpc.stream;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignsOfLifeTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final SignsOfLife signs = new SignsOfLife(TIMEOUT, at(100));

    @Test
    void anExtensionThatOwesNothingHasAllTheTimeToEndItsSession() {
        signs.sent(at(101));
        signs.came(at(102), false);
        assertThat(signs.untilHopeless(at(150))).isEqualTo(TIMEOUT);
    }

    @Test
    void anExtensionThatWasSilentHasHadThatTimeAlready() {
        signs.sent(at(101));
        signs.sent(at(104));
        assertThat(signs.untilHopeless(at(105))).as("silent since the first sample").isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void anAnswerEndsTheSilence() {
        signs.sent(at(101));
        signs.came(at(103), true);
        assertThat(signs.untilHopeless(at(105))).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void anExtensionThatWasSilentForAllItsTimeGetsALastSecond() {
        signs.sent(at(101));
        assertThat(signs.untilHopeless(at(110))).isEqualTo(Duration.ofSeconds(1));
        assertThat(signs.untilHopeless(at(200))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aLastChanceIsNotLongerThanAnAnswerMayTake() {
        Duration shorter = Duration.ofMillis(200);
        SignsOfLife impatient = new SignsOfLife(shorter, at(100));
        impatient.sent(at(101));
        assertThat(impatient.untilHopeless(at(150))).isEqualTo(shorter);
    }

    @Test
    void aSessionIsQuietWhenNothingWentEitherWayForHalfOfTheTime() {
        signs.sent(at(101));
        assertThat(signs.untilQuiet(at(102))).isEqualTo(Duration.ofSeconds(4).toNanos());
        signs.left(at(103));
        assertThat(signs.untilQuiet(at(108))).isZero();
        signs.came(at(109), true);
        assertThat(signs.untilQuiet(at(109))).isEqualTo(Duration.ofSeconds(5).toNanos());
    }

    private static long at(long second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
