package io.github.camellva.grpc.thread;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DirectExecutorTest {

    private static final Duration LIMIT = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final List<Duration> blocked = new ArrayList<>();
    private final DirectExecutor executor = new DirectExecutor(time, LIMIT, (since, trace) -> blocked.add(since));

    @Test
    void aTaskThatBlocksIsReportedEachTimeTheLimitHasPassed() {
        executor.execute(() -> {
            for (int i = 0; i < 6; i++) {
                time.advance(LIMIT.dividedBy(2));
            }
        });
        assertThat(blocked).containsExactly(LIMIT.multipliedBy(2), LIMIT.multipliedBy(3));
    }

    @Test
    void tasksThatDoNotBlockAreNotReportedHoweverManyThereAre() {
        for (int i = 0; i < 10; i++) {
            executor.execute(() -> time.advance(LIMIT.dividedBy(4)));
        }
        assertThat(blocked).isEmpty();
    }

    @Test
    void aTaskThatFailsIsNotWatchedOn() {
        assertThatIllegalStateException().isThrownBy(() -> executor.execute(() -> {
            throw new IllegalStateException();
        }));
        time.advance(LIMIT.multipliedBy(5));
        assertThat(blocked).isEmpty();
    }

    @Test
    void aTaskWithinATaskIsAPartOfIt() {
        executor.execute(() -> {
            time.advance(LIMIT.dividedBy(2));
            executor.execute(() -> time.advance(LIMIT.dividedBy(4)));
            assertThat(executor.mayHoldUpCaller()).isFalse();
            time.advance(LIMIT.multipliedBy(2));
        });
        assertThat(blocked).isNotEmpty();
    }

    @Test
    void onlyAThreadThatRunsATaskMayNotBeHeldUp() {
        assertThat(executor.mayHoldUpCaller()).isTrue();
        executor.execute(() -> assertThat(executor.mayHoldUpCaller()).isFalse());
        assertThat(executor.mayHoldUpCaller()).isTrue();
    }
}
