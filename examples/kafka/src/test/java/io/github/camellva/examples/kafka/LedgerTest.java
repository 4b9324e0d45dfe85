package io.github.camellva.examples.kafka;

import io.github.camellva.examples.rig.FrameCounts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void aRunIsCompleteWhenAllThatWasAnsweredIsStored() {
        ledger.stored("camera-1", 1);
        ledger.answered("camera-1", 1);
        Summary summary = ledger.summary(Delivery.AT_LEAST_ONCE, answered(2));
        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.lines()).endsWith("answered 2 of 2 frames");
    }

    @Test
    void whatIsMissingMakesARunIncompleteOnlyWhereItWasPromised() {
        ledger.answered("camera-1", 1);
        assertThat(ledger.missing()).isEqualTo(1);
        assertThat(ledger.summary(Delivery.AT_LEAST_ONCE, answered(1)).isComplete()).isFalse();
        assertThat(ledger.summary(Delivery.AT_ONCE, answered(1)).isComplete()).isTrue();
    }

    @Test
    void aRunIsNotCompleteWhenAFrameFailedOrWasNotProcessedOrNoneWasSent() {
        assertThat(ledger.summary(Delivery.AT_ONCE, new FrameCounts(2, 0, 1, 0, 1)).isComplete()).isFalse();
        Summary notProcessed = ledger.summary(Delivery.AT_ONCE, new FrameCounts(2, 0, 1, 1, 0));
        assertThat(notProcessed.isComplete()).isFalse();
        assertThat(notProcessed.lines()).endsWith("1 frames were not processed, 0 failed", "answered 1 of 2 frames");
        assertThat(ledger.summary(Delivery.AT_ONCE, answered(0)).isComplete()).isFalse();
    }

    @Test
    void recordsThatComeAgainAreCountedAndAreNoProblem() {
        ledger.stored("camera-1", 1);
        ledger.stored("camera-1", 2);
        ledger.stored("camera-1", 1);
        Summary summary = ledger.summary(Delivery.AT_LEAST_ONCE, answered(2));
        assertThat(summary.duplicates()).isEqualTo(1);
        assertThat(summary.problems()).isEmpty();
    }

    @Test
    void anEarlierFrameAfterALaterOneOfItsCameraIsAProblem() {
        ledger.stored("camera-1", 2);
        ledger.stored("camera-2", 1);
        assertThat(ledger.summary(Delivery.AT_LEAST_ONCE, answered(1)).problems()).isEmpty();
        ledger.stored("camera-1", 1);
        assertThat(ledger.summary(Delivery.AT_LEAST_ONCE, answered(1)).problems())
                .singleElement().asString().contains("camera-1");
    }

    private static FrameCounts answered(long frames) {
        return new FrameCounts(frames, 0, frames, 0, 0);
    }
}
