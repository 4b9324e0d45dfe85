package io.github.camellva.examples.rig;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void itIsCompleteWhenEveryFrameThatWasSentIsAnswered() {
        count(FrameOutcome.ANSWERED);
        tally.leftOut(1);
        assertThat(tally.counts()).isEqualTo(new FrameCounts(1, 1, 1, 0, 0));
        assertThat(tally.counts().isComplete()).isTrue();
        assertThat(tally.counts().lastLines()).containsExactly("answered 1 of 1 frames");
    }

    @Test
    void aFrameThatWasNotProcessedIsNoSuccess() {
        count(FrameOutcome.ANSWERED);
        count(FrameOutcome.NOT_PROCESSED);
        count(FrameOutcome.FAILED);
        assertThat(tally.counts().isComplete()).isFalse();
        assertThat(tally.counts().lastLines())
                .containsExactly("1 frames were not processed, 1 failed", "answered 1 of 3 frames");
    }

    @Test
    void aFrameWithoutAnOutcomeIsInFlight() {
        tally.sent();
        assertThat(tally.counts().inFlight()).isEqualTo(1);
        assertThat(tally.counts().isComplete()).isFalse();
    }

    @Test
    void noFrameIsNoSuccess() {
        assertThat(tally.counts().isComplete()).isFalse();
    }

    @Test
    void whatBecameOfAFrameIsReadFromItsExchange() {
        assertThat(FrameOutcome.of(answer(null))).isEqualTo(FrameOutcome.ANSWERED);
        assertThat(FrameOutcome.of(answer("answered"))).isEqualTo(FrameOutcome.ANSWERED);
        assertThat(FrameOutcome.of(answer("notProcessed"))).isEqualTo(FrameOutcome.NOT_PROCESSED);
        Exchange failed = answer(null);
        failed.setException(new IllegalStateException("the session ended"));
        assertThat(FrameOutcome.of(failed)).isEqualTo(FrameOutcome.FAILED);
    }

    private void count(FrameOutcome outcome) {
        tally.sent();
        tally.count(outcome);
    }

    private static Exchange answer(String outcome) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader("CamelLvaGrpcOutcome", outcome);
        return exchange;
    }
}
