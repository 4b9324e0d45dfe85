package io.github.camellva.grpc.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.camellva.grpc.thread.RateLimitedLog;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Watches one call for what gRPC would let a peer do: send a message without end, or half of one, or take no answers. gRPC's
 * thread reports events; {@link #check} may be called by any thread.
 */
final class CallGuard extends ServerStreamTracer {

    static final Context.Key<CallGuard> OF_CALL = Context.key("camel-lva-grpc-call");
    /** A peer that goes on with a message that was refused is cut off after so much. */
    private static final int OVERSIZE_MARGIN_BYTES = 4 << 20;

    private final CallLimits limits;
    private final ServerLimits serverLimits;
    private final CallWatch watch;
    private final RateLimitedLog log;
    private final long began;
    private final AtomicBoolean refused = new AtomicBoolean();

    private volatile Context.@Nullable CancellableContext context;
    private volatile @Nullable ServerCall<?, ?> call;
    private volatile Consumer<Status> refusal = this::cut;
    private volatile Runnable end = () -> { };
    private volatile boolean answered;
    private volatile boolean inMessage;
    private volatile long messageBegan;
    /** Confined to gRPC's thread. */
    private long messageBytes;
    /** Confined to the thread that checks. */
    private boolean stuck;
    private long stuckSince;

    CallGuard(CallLimits limits, ServerLimits serverLimits, CallWatch watch, RateLimitedLog log) {
        this.limits = limits;
        this.serverLimits = serverLimits;
        this.watch = watch;
        this.log = log;
        this.began = watch.nanoTime();
    }

    /** Of the call that is being started on this thread. */
    static CallGuard current() {
        return OF_CALL.get();
    }

    /** The call has been started. */
    void guard(ServerCall<?, ?> guarded) {
        call = guarded;
    }

    /** How to end the call in words when its peer breaks a rule; otherwise it is cut off. */
    void refuseBy(Consumer<Status> end) {
        refusal = end;
    }

    /**
     * What to give back when the call is over, whatever its listener does. To be set while the call is being started: the thread
     * that starts it also ends it.
     */
    void onEnd(Runnable giveBack) {
        end = giveBack;
    }

    // from gRPC

    /** Makes a context that ends the call: gRPC resets the stream of a call whose context is past its deadline. */
    @Override
    public Context filterContext(Context parent) {
        Context.CancellableContext cancellable = parent.withValue(OF_CALL, this).withCancellation();
        context = cancellable;
        return cancellable;
    }

    @Override
    public void inboundMessage(int number) {
        messageBytes = 0;
        messageBegan = watch.nanoTime();
        inMessage = true;
    }

    @Override
    public void inboundWireSize(long bytes) {
        messageBytes += bytes;
        if (messageBytes > limits.maxMessageBytes() + OVERSIZE_MARGIN_BYTES) {
            cut(limits.tooLarge());
        } else if (messageBytes > limits.maxMessageBytes()) {
            refuse(limits.tooLarge());
        }
    }

    @Override
    public void inboundMessageRead(int number, long wireBytes, long bytes) {
        inMessage = false;
    }

    @Override
    public void outboundMessage(int number) {
        answered = true;
    }

    @Override
    public void streamClosed(Status status) {
        try {
            end.run();
        } finally {
            watch.remove(this);
            context.cancel(null);
        }
    }

    // from the timer

    void check(long now) {
        if (inMessage && isPast(now, messageBegan, serverLimits.messageTimeout())) {
            refuse(Status.DEADLINE_EXCEEDED.withDescription(
                    "a message was not complete after " + serverLimits.messageTimeout().toMillis()
                                                            + " ms; send smaller pictures, or raise its messageTimeout"));
        }
        if (limits.answerWithin() != null && !answered && isPast(now, began, limits.answerWithin())) {
            cut(Status.DEADLINE_EXCEEDED.withDescription(
                    "the request was not complete after " + limits.answerWithin().toMillis() + " ms"));
        }
        checkAnswersLeave(now);
    }

    /** A call that has ended is not ready either, until its last answer has left. */
    private void checkAnswersLeave(long now) {
        ServerCall<?, ?> current = call;
        if (current == null || current.isReady()) {
            stuck = false;
        } else if (!stuck) {
            stuck = true;
            stuckSince = now;
        } else if (isPast(now, stuckSince, serverLimits.sendTimeout())) {
            cut(Status.DEADLINE_EXCEEDED.withDescription(
                    "answers were not taken for " + serverLimits.sendTimeout().toMillis() + " ms (sendTimeout)"));
        }
    }

    private static boolean isPast(long now, long since, Duration limit) {
        return now - since > limit.toNanos();
    }

    private void refuse(Status status) {
        if (refused.compareAndSet(false, true)) {
            refusal.accept(status);
        }
    }

    /** Resets the stream: what has not left by now never will. */
    private void cut(Status status) {
        Context.CancellableContext current = context;
        if (current == null || current.isCancelled()) {
            return;
        }
        ServerCall<?, ?> known = call;
        log.warn("A call from {} is broken off: {}",
                known == null ? "a peer" : known.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), status.getDescription());
        // the only code that gRPC resets the stream for
        current.cancel(Status.DEADLINE_EXCEEDED.withDescription(status.getDescription()).asException());
    }
}
