package io.github.camellva.grpc.stream;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a route can say of a frame, and what its session makes of it. */
class FrameCompletionTest {

    private final SessionFixture fixture = new SessionFixture();

    /** All that a route can say. */
    static Stream<Consumer<Frame>> completions() {
        return Stream.of(
                frame -> frame.answer(List.of()), frame -> frame.fail(new IllegalStateException("broken")),
                frame -> frame.failHandled(new IllegalStateException("broken")), Frame::notProcessed);
    }

    @Test
    void aFailureThatTheRouteHasHandledIsAcknowledgedAndEndsNoSession() {
        fixture.onFailure = OnFailure.CLOSE;
        frame().failHandled(new IllegalStateException("handled"));
        assertThat(fixture.call.acksAlone()).containsExactly(2L);
        assertThat(fixture.call.closed).isNull();
        assertThat(fixture.meters.sum(counts -> counts.ended(SampleOutcome.FAILED))).isEqualTo(1);
    }

    @Test
    void aFrameThatNobodyHasLookedAtIsAcknowledgedAloneAndIsNoFailure() {
        fixture.onFailure = OnFailure.CLOSE;
        frame().notProcessed();
        assertThat(fixture.call.acksAlone()).containsExactly(2L);
        assertThat(fixture.call.closed).isNull();
        assertThat(fixture.meters.sum(counts -> counts.ended(SampleOutcome.FAILED))).isZero();
        assertThat(fixture.meters.sum(counts -> counts.ended(SampleOutcome.SKIPPED))).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("completions")
    void aCompleteFrameCannotBeCompletedAgain(Consumer<Frame> completion) {
        Frame frame = frame();
        frame.answer(List.of());
        assertThatIllegalStateException().isThrownBy(() -> completion.accept(frame)).withMessageContaining("sample 2");
        assertThat(fixture.call.acks()).containsExactly(2L);
    }

    @ParameterizedTest
    @MethodSource("completions")
    void aCompletionThatComesAfterTheFrameWasGivenUpForLostIsNotCountedAgain(Consumer<Frame> completion) {
        Frame frame = frame();
        fixture.secondTries.add(frame);
        fixture.secondTries.run();
        completion.accept(frame);
        assertThat(fixture.call.acks()).containsExactly(2L);
        assertThat(fixture.meters.sum(counts -> Stream.of(SampleOutcome.values()).mapToLong(counts::ended).sum())).isEqualTo(1);
    }

    @Test
    void aFrameKnowsItsSession() {
        assertThat(frame().session().id()).isEqualTo(fixture.session().id());
    }

    @Test
    void aFrameThatIsReleasedHasNoContent() {
        Frame frame = frame();
        frame.release();
        assertThatThrownBy(frame::content).isInstanceOf(IllegalStateException.class).hasMessageContaining("sample 2");
    }

    private Frame frame() {
        fixture.opened().sendFrames(1);
        return fixture.route.frames.get(2L);
    }
}
