package io.github.camellva.grpc;

import java.time.Duration;

import io.github.camellva.grpc.stream.SampleOutcome;
import io.github.camellva.grpc.thread.VirtualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** By which frames the health of an endpoint is judged. */
class RecentFramesTest {

    private final VirtualTime time = new VirtualTime();
    private final RecentFrames recent = recent(20);

    @Test
    void halfOfTheFramesMayNotFail() {
        end(10, SampleOutcome.ANSWERED);
        end(9, SampleOutcome.FAILED);
        assertThat(recent.complaint()).isEmpty();
        end(1, SampleOutcome.FAILED);
        assertThat(recent.complaint()).contains("10 of the last 20 frames failed, the last: no model");
    }

    @Test
    void fewFramesSayNothing() {
        end(9, SampleOutcome.FAILED);
        assertThat(recent.complaint()).isEmpty();
        end(1, SampleOutcome.FAILED);
        assertThat(recent.complaint()).contains("10 of the last 10 frames failed, the last: no model");
    }

    @Test
    void aSmallWindowIsJudgedWhenItIsFull() {
        RecentFrames three = recent(3);
        three.ended(SampleOutcome.FAILED, "one");
        three.ended(SampleOutcome.FAILED, "two");
        assertThat(three.complaint()).isEmpty();
        three.ended(SampleOutcome.FAILED, "three");
        assertThat(three.complaint()).contains("3 of the last 3 frames failed, the last: three");
    }

    @Test
    void framesBeforeTheWindowAreForgotten() {
        end(20, SampleOutcome.FAILED);
        end(11, SampleOutcome.ANSWERED);
        assertThat(recent.complaint()).isEmpty();
    }

    @Test
    void framesOfLongAgoAreForgottenSoThatNobodyStaysDownForWantOfFrames() {
        end(20, SampleOutcome.FAILED);
        time.advance(Duration.ofMinutes(5));
        assertThat(recent.complaint()).isPresent();
        time.advance(Duration.ofNanos(1));
        assertThat(recent.complaint()).isEmpty();
        end(9, SampleOutcome.FAILED);
        assertThat(recent.complaint()).isEmpty();
    }

    @Test
    void framesThatWereNotProcessedAreTooManyOnlyWhenNoneWas() {
        end(19, SampleOutcome.NOT_PROCESSED);
        assertThat(recent.complaint()).hasValueSatisfying(
                complaint -> assertThat(complaint).startsWith("none of the last 19 frames was processed"));
        end(1, SampleOutcome.ANSWERED);
        assertThat(recent.complaint()).isEmpty();
    }

    @Test
    void aWindowOf0JudgesNothing() {
        RecentFrames none = recent(0);
        none.ended(SampleOutcome.FAILED, "no model");
        assertThat(none.complaint()).isEmpty();
    }

    private RecentFrames recent(int window) {
        return new RecentFrames(window, 0.5, time::nanoTime);
    }

    private void end(int frames, SampleOutcome outcome) {
        for (int i = 0; i < frames; i++) {
            recent.ended(outcome, outcome == SampleOutcome.FAILED ? "no model" : null);
        }
    }
}
