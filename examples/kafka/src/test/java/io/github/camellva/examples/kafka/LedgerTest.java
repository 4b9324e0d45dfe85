package io.github.camellva.examples.kafka;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void aRunIsCompleteWhenAllThatWasAnsweredIsStored() {
        ledger.stored("camera-1", 1);
        ledger.answered("camera-1", 1);
        ledger.answeredWithoutFindings();
        Summary summary = ledger.summary(Delivery.AT_LEAST_ONCE, 2, 0);
        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.lines()).endsWith("answered 2 of 2 frames");
    }

    @Test
    void whatIsMissingMakesARunIncompleteOnlyWhereItWasPromised() {
        ledger.answered("camera-1", 1);
        assertThat(ledger.missing()).isEqualTo(1);
        assertThat(ledger.summary(Delivery.AT_LEAST_ONCE, 1, 0).isComplete()).isFalse();
        assertThat(ledger.summary(Delivery.AT_ONCE, 1, 0).isComplete()).isTrue();
    }

    @Test
    void aRunIsNotCompleteWhenAFrameHasNoAnswerOrNoneWasSent() {
        assertThat(ledger.summary(Delivery.AT_ONCE, 1, 0).isComplete()).isFalse();
        assertThat(ledger.summary(Delivery.AT_ONCE, 0, 0).isComplete()).isFalse();
    }

    @Test
    void recordsThatComeAgainAreCountedAndAreNoProblem() {
        ledger.stored("camera-1", 1);
        ledger.stored("camera-1", 2);
        ledger.stored("camera-1", 1);
        Summary summary = ledger.summary(Delivery.AT_LEAST_ONCE, 2, 0);
        assertThat(summary.duplicates()).isEqualTo(1);
        assertThat(summary.problems()).isEmpty();
    }

    @Test
    void anEarlierFrameAfterALaterOneOfItsCameraIsAProblem() {
        ledger.stored("camera-1", 2);
        ledger.stored("camera-2", 1);
        assertThat(ledger.summary(Delivery.AT_LEAST_ONCE, 1, 0).problems()).isEmpty();
        ledger.stored("camera-1", 1);
        assertThat(ledger.summary(Delivery.AT_LEAST_ONCE, 1, 0).problems()).singleElement().asString().contains("camera-1");
    }
}
