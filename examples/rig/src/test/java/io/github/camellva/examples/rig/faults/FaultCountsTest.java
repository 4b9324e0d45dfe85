package io.github.camellva.examples.rig.faults;

import java.util.List;
import java.util.Map;

import io.github.camellva.examples.rig.load.Figures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FaultCountsTest {

    private static final Figures NODE = new Figures(Map.of("sent", 10L, "answered", 7L, "failed", 3L));
    private static final Figures EXTENSION = new Figures(Map.of("processed.route", 8L));

    @Test
    void framesThatFailedAreNoProblemAndAnAnswerThatWasLostIsNone() {
        assertThat(counts(NODE, EXTENSION).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "unanswered, 2 frames have no end",
            "wrong, 2 answers are wrong",
            "repeated, '2 frames ended twice, 0 were in the route twice'" })
    void whatANodeMustNotHaveIsAProblem(String figure, String problem) {
        assertThat(counts(new Figures(Map.of("sent", 10L, figure, 2L)), EXTENSION).problems()).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource({
            "repeated, '0 frames ended twice, 2 were in the route twice'",
            "inRoute, 2 frames and 0 sessions are left",
            "sessions, 0 frames and 2 sessions are left" })
    void whatAnExtensionMustNotHaveIsAProblem(String figure, String problem) {
        assertThat(counts(NODE, new Figures(Map.of("processed.route", 8L, figure, 2L))).problems()).containsExactly(problem);
    }

    @Test
    void moreAnswersThanFramesInTheRouteAndMoreFramesThanWereSentAreProblems() {
        assertThat(counts(NODE, new Figures(Map.of("processed.route", 6L))).problems())
                .containsExactly("7 answers to 6 frames");
        assertThat(counts(NODE, new Figures(Map.of("processed.route", 11L))).problems())
                .containsExactly("11 frames were processed, and 10 sent");
    }

    @Test
    void whatAProcessDidNotTellBeforeItWasKilledIsNoProblem() {
        assertThat(new FaultCounts(List.of(NODE), NODE, List.of(), new Figures(Map.of("processed.route", 22L))).problems())
                .isEmpty();
        assertThat(new FaultCounts(List.of(), NODE, List.of(new Figures(Map.of("processed.route", 5L))),
                new Figures(Map.of())).problems()).isEmpty();
    }

    private static FaultCounts counts(Figures node, Figures extension) {
        return new FaultCounts(List.of(), node, List.of(), extension);
    }
}
