package io.github.camellva.grpc.stream;

import java.time.Duration;
import java.util.Map;

import io.github.camellva.grpc.thread.Time;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * When something is due in a node's session: the oldest sample's answer, a look whether the session is quiet, or the end of one
 * that is finishing. One timer runs for whatever comes first. Guarded by the session's lock.
 */
final class Deadlines {

    private final Duration responseTimeout;
    private final Time time;
    private final SentSamples samples;
    private final SignsOfLife signsOfLife;
    private final Runnable onDue;
    /** When a session that is finishing is left. */
    private long endBy;
    private Time.@Nullable Timer timer;

    /**
     * @param responseTimeout how long to wait for an answer
     * @param onDue           called without the session's lock
     */
    Deadlines(Duration responseTimeout, Time time, SentSamples samples, SignsOfLife signsOfLife, Runnable onDue) {
        this.responseTimeout = responseTimeout;
        this.time = time;
        this.samples = samples;
        this.signsOfLife = signsOfLife;
        this.onDue = onDue;
    }

    /** A sample was added. A timer that runs comes early enough for it. */
    void sampleAdded(NodeState state) {
        if (timer == null) {
            watch(state, time.nanoTime());
        }
    }

    /** No more samples are taken. */
    void finishing(long now) {
        endBy = now + (samples.isAnyUnanswered() ? responseTimeout : signsOfLife.untilHopeless(now)).toNanos();
    }

    /**
     * Sets the timer anew. A session that is stuck is looked at again even when nothing more can be sent in it.
     *
     * @param now the moment at which the session was seen not to be quiet, if it was looked at: what becomes so a moment later is
     *            looked at again
     */
    void watch(NodeState state, long now) {
        long nanos = Long.MAX_VALUE;
        if (samples.isAnyUnanswered()) {
            nanos = untilOverdue(samples.oldestNanos());
            long untilQuiet = signsOfLife.untilQuiet(now);
            if (state == NodeState.OPEN && untilQuiet > 0) {
                nanos = Math.min(nanos, untilQuiet);
            }
        } else if (state == NodeState.OPEN && samples.stuck() > 0) {
            nanos = untilOverdue(signsOfLife.lastProgress());
        }
        if (state.isFinishing()) {
            nanos = Math.min(nanos, endBy - now);
        }
        if (nanos < Long.MAX_VALUE) {
            cancel();
            timer = time.schedule(Duration.ofNanos(nanos), onDue);
        }
    }

    /** The timer has run out. */
    void due() {
        timer = null;
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /**
     * What to end the session with when nothing can be expected of the extension any more; null while something can.
     *
     * @param haveAllLeft whether everything that was sent has left
     */
    @Nullable Status hopeless(NodeState state, boolean haveAllLeft) {
        return switch (state) {
            case OPENING, FINISHING_UNOPENED -> isOverdue(samples.oldestNanos())
                    ? tooLate("did not answer the descriptor") : null;
            case FINISHING -> endBy - time.nanoTime() <= 0 ? tooLate("did not end the session") : null;
            default -> isAnySampleOverdue() && isOverdue(signsOfLife.lastProgress()) && !haveAllLeft
                    ? tooLate("neither read nor answered anything") : null;
        };
    }

    /**
     * Gives up the samples whose time is over.
     *
     * @param haveAllLeft whether everything that was sent has left
     */
    Map<Long, SentSample> expire(NodeState state, boolean haveAllLeft) {
        long now = time.nanoTime();
        Map<Long, SentSample> expired = samples.expire(now - responseTimeout.toNanos(), haveAllLeft);
        if (state == NodeState.FINISHING && !samples.isAnyUnanswered()) {
            endBy = Math.min(endBy, now + signsOfLife.untilHopeless(now).toNanos());
        }
        return expired;
    }

    private Status tooLate(String what) {
        return Status.DEADLINE_EXCEEDED.withDescription(
                "the extension " + what + " within " + responseTimeout.toMillis() + " ms");
    }

    /** Whether one was given up before it left, or is about to be. */
    private boolean isAnySampleOverdue() {
        return samples.stuck() > 0 || samples.isAnyUnanswered() && isOverdue(samples.oldestNanos());
    }

    private boolean isOverdue(long sinceNanos) {
        return untilOverdue(sinceNanos) <= 0;
    }

    private long untilOverdue(long sinceNanos) {
        return responseTimeout.toNanos() - (time.nanoTime() - sinceNanos);
    }
}
