package io.github.camellva.grpc;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.grpc.stream.SampleOutcome;
import org.jspecify.annotations.Nullable;

/** How the last frames of an endpoint ended, by which its health is judged. Safe for use by many threads. */
final class RecentFrames {

    /** So few say nothing, unless the window is smaller. */
    private static final int FEWEST = 10;
    /** Older ones do not count, or an endpoint that gets no frames because it is unhealthy would stay so. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final double failureRatio;
    private final LongSupplier nanoTime;
    /** Rings of the same length. */
    @GuardedBy("this")
    private final SampleOutcome[] outcomes;
    @GuardedBy("this")
    private final long[] ends;
    @GuardedBy("this")
    private int next;
    @GuardedBy("this")
    private int filled;
    @GuardedBy("this")
    private @Nullable String lastError;

    /**
     * @param window       how many frames count; with 0 nothing is judged
     * @param failureRatio from which share of failures on they are too many
     */
    RecentFrames(int window, double failureRatio, LongSupplier nanoTime) {
        this.outcomes = new SampleOutcome[window];
        this.ends = new long[window];
        this.failureRatio = failureRatio;
        this.nanoTime = nanoTime;
    }

    /** Of an endpoint, by the clock of the machine. */
    static RecentFrames of(LvaGrpcConfiguration configuration) {
        return new RecentFrames(configuration.getHealthWindow(), configuration.getHealthFailureRatio(), System::nanoTime);
    }

    /** @param why it failed; null when it did not, or nobody knows */
    synchronized void ended(SampleOutcome outcome, @Nullable String why) {
        if (outcomes.length == 0) {
            return;
        }
        outcomes[next] = outcome;
        ends[next] = nanoTime.getAsLong();
        next = (next + 1) % outcomes.length;
        filled = Math.min(filled + 1, outcomes.length);
        if (why != null) {
            lastError = why;
        }
    }

    /** What is wrong with them; empty when they are well, and when they are too few. */
    synchronized Optional<String> complaint() {
        int frames = 0;
        int failed = 0;
        int answered = 0;
        long oldest = nanoTime.getAsLong() - LONGEST.toNanos();
        for (int i = 0; i < filled; i++) {
            if (ends[i] - oldest >= 0) {
                frames++;
                failed += outcomes[i] == SampleOutcome.FAILED ? 1 : 0;
                answered += outcomes[i] == SampleOutcome.ANSWERED ? 1 : 0;
            }
        }
        if (frames == 0 || frames < Math.min(FEWEST, outcomes.length)) {
            return Optional.empty();
        }
        if (failed >= failureRatio * frames) {
            return Optional.of(failed + " of the last " + frames + " frames failed, the last: " + lastError);
        }
        return answered > 0 ? Optional.empty() : Optional.of(
                "none of the last " + frames + " frames was processed: the extension acknowledged them alone, so they failed or were skipped"
                                                             + " there; its log says which");
    }
}
