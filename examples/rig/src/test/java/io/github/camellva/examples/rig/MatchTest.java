package io.github.camellva.examples.rig;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class MatchTest {

    private static final Box OBJECT = new Box(0.1f, 0.1f, 0.4f, 0.2f);
    private static final Box ELSEWHERE = new Box(0.6f, 0.6f, 0.1f, 0.1f);

    @Test
    void overlapIsTheSharedPartOfWhatBothCover() {
        assertThat(OBJECT.overlap(OBJECT)).isCloseTo(1, within(1e-6));
        assertThat(OBJECT.overlap(new Box(0.1f, 0.1f, 0.8f, 0.2f))).isCloseTo(0.5, within(1e-6));
        assertThat(OBJECT.overlap(ELSEWHERE)).isZero();
    }

    @Test
    void objectsWithoutBoxAndBoxesWithoutObjectAreCounted() {
        Match match = Match.of(List.of(OBJECT, ELSEWHERE), List.of(OBJECT, new Box(0.8f, 0, 0.1f, 0.1f)));
        assertThat(match.found()).isEqualTo(1);
        assertThat(match.strays()).isEqualTo(1);
        assertThat(match.worstOverlap()).isZero();
        assertThat(match).hasToString("1 of 2 objects, worst overlap 0.00, 1 without object");
    }
}
