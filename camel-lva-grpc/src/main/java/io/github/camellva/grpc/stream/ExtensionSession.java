package io.github.camellva.grpc.stream;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.grpc.thread.FrameExecutor;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.Time;
import io.github.camellva.grpc.wire.Received;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.SynchronizationContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The extension's side of one session: handshake, sequence numbers, and what may happen when.
 * <p>
 * Events come on any thread and are carried out one after the other by whichever thread is there, so that nobody waits for a lock
 * and calls leave in order. Everything below the public methods is confined to that. Frames and handshakes
 * run on executors.
 */
public final class ExtensionSession {

    private enum State {
        /** The first message has not come. */
        AWAITING_DESCRIPTOR,
        /** The descriptor is being looked at; no message is asked for meanwhile. */
        HANDSHAKING,
        /** Samples come and go. */
        OPEN,
        /** No more samples are taken; ends when all have been acknowledged. */
        DRAINING,
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(ExtensionSession.class);
    private static final Throwable LOST = new IllegalStateException("there was no memory to say what became of the frame");

    private final String id;
    private final Peer peer;
    private final SessionSettings settings;
    private final SessionEnvironment environment;
    private final FrameExecutor executor;
    private final Time time;
    private final RateLimitedLog log;
    private final ExtensionCall call;
    private final Runnable onClosed;
    private final SynchronizationContext events = new SynchronizationContext((thread, failure) -> onBroken(failure));

    private final Admission admission;
    private final Credit credit;
    private final Answers answers;

    private volatile State state = State.AWAITING_DESCRIPTOR;
    /** The three are null until the handshake is done. */
    private volatile @Nullable SessionDescription description;
    private volatile @Nullable SessionCounts counts;
    private @Nullable SharedMemory memory;

    /** Ends a session whose node says nothing: the descriptor at first, then anything. */
    private Time.@Nullable Timer silenceTimer;
    private long lastHeardNanos;
    /** What to end with once drained; null while samples are welcome. */
    private @Nullable Status lastStatus;
    private long lastReceived;
    private boolean flushing;
    private final Runnable flush = this::flush;
    private final SecondTries.SecondTry flushAgain = new SecondTries.SecondTry() {

        @Override
        void again() {
            events.execute(flush);
        }
    };

    /**
     * @param random   for the session's id
     * @param onClosed called once, when the session is over
     */
    public ExtensionSession(
                            Peer peer, SessionSettings settings, SessionEnvironment environment, RandomGenerator random,
                            ExtensionCall call, Runnable onClosed) {
        this.id = HexFormat.of().toHexDigits(random.nextLong());
        this.peer = peer;
        this.settings = settings;
        this.environment = environment;
        this.executor = environment.executor();
        this.time = environment.time();
        this.log = environment.log();
        this.call = call;
        this.onClosed = onClosed;
        this.admission = new Admission(settings.overflow(), settings.maxInFlight());
        this.credit = new Credit(settings.overflow(), settings.maxInFlight());
        this.answers = new Answers(settings.answerOrder());
    }

    /** Unique for every session of every extension. */
    public String id() {
        return id;
    }

    /** Asks for the descriptor, which must come in time: a node that never says who it is must not hold a place. */
    public void start() {
        events.execute(() -> {
            silenceTimer = time.schedule(settings.limits().handshakeTimeout(), () -> events.execute(this::expireHandshake));
            request(1);
        });
    }

    /** From gRPC: a message has come. */
    public void onMessage(Received received) {
        events.execute(() -> receive(received));
    }

    /** From gRPC: the node will send no more. What it sent is answered, then the session ends well. */
    public void onHalfClose() {
        events.execute(() -> drain(Status.OK));
    }

    /** The node broke a rule that is watched elsewhere. What it sent before is answered, then the session ends. */
    public void onRuleBroken(Status status) {
        events.execute(() -> {
            if (state != State.CLOSED) {
                refuse(status);
            }
        });
    }

    /** From gRPC: the call is gone, and nobody reads answers any more. */
    public void onCallEnded() {
        events.execute(this::abandon);
    }

    /** From gRPC: what was sent has left. */
    public void onReady() {
        events.execute(this::replenish);
    }

    /** Takes no further frames into the route until {@link #resume()}; those in it go on. */
    public void suspend() {
        events.execute(admission::suspend);
    }

    public void resume() {
        events.execute(() -> {
            admission.resume();
            dispatch();
            replenish();
        });
    }

    /** Ends when the frames in the route are done; those that wait to get there are skipped. */
    public void stop(Status status) {
        events.execute(() -> {
            skipWaiting();
            answers.sendReady(call);
            drain(status);
        });
    }

    /**
     * Ends at once. Frames still in the route are acknowledged as not processed, unless some of them read the node's memory: then an
     * acknowledgement would be a lie, and the end of the stream says the rest.
     */
    public void close(Status status) {
        events.execute(() -> closeNow(status));
    }

    /** Frames of this session that are in the route. */
    public int inRoute() {
        return admission.inRoute();
    }

    /** What an operator may want to know; empty before the handshake is done. */
    public Optional<SessionReport> report() {
        SessionCounts current = counts;
        return current == null
                ? Optional.empty()
                : Optional.of(current.report(
                        id, peer.address(), description.graph(), describeFormat(), transfer()));
    }

    /** Its id, graph and peer. */
    @Override
    public String toString() {
        SessionDescription current = description;
        return current != null ? current.toString() : "session " + id + " at " + peer.address();
    }

    // from frames, on any thread

    FrameHandler handler() {
        return environment.handler();
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    void onBegun(Frame frame) {
        events.execute(() -> {
            endAhead(frame);
            replenishUnlessUnderWay();
        });
    }

    void onAnswered(Frame frame, List<Inference> found) {
        events.execute(() -> {
            if (frame.leaveRoute()) {
                counts.answered(frame.ageNanos(time.nanoTime()));
                leaveRoute(frame, Reply.found(found));
            }
        });
    }

    void onFailed(Frame frame, Throwable cause) {
        events.execute(() -> failed(frame, cause, settings.onFailure()));
    }

    void onFailureHandled(Frame frame, Throwable cause) {
        events.execute(() -> failed(frame, cause, OnFailure.ACK));
    }

    void onDropped(Frame frame) {
        events.execute(() -> {
            if (frame.leaveRoute()) {
                counts.acknowledgedAlone(frame.ageNanos(time.nanoTime()));
                leaveRoute(frame, Reply.NOT_PROCESSED);
            }
        });
    }

    /** What became of it could not be told before. */
    void onLost(Frame frame) {
        onFailed(frame, LOST);
    }

    void tryAgain(SecondTries.SecondTry failed) {
        environment.secondTries().add(failed);
    }

    // what comes in

    private void receive(Received received) {
        credit.messageCame();
        lastHeardNanos = time.nanoTime();
        if (state == State.CLOSED) {
            return;
        }
        if (received.refusal() != null) {
            refuse(received.refusal());
            return;
        }
        MediaStreamMessage message = received.message();
        switch (state) {
            case AWAITING_DESCRIPTOR -> receiveFirst(message);
            case OPEN -> receiveLater(message);
            case DRAINING -> receiveLate(message);
            default -> throw new IllegalStateException("a message came that was not asked for");
        }
    }

    private void receiveFirst(MediaStreamMessage message) {
        silenceTimer.cancel();
        if (!message.hasMediaStreamDescriptor()) {
            refuse(Refusals.notADescriptor(message));
            return;
        }
        lastReceived = message.getSequenceNumber();
        state = State.HANDSHAKING;
        try {
            environment.handshakes().execute(() -> shakeHands(message));
        } catch (Throwable e) {
            closeNow(Status.UNAVAILABLE.withDescription("the extension has no thread free for a new session; try again later"));
        }
    }

    /** On a thread that may wait for the file system. */
    private void shakeHands(MediaStreamMessage message) {
        try {
            Handshake handshake = Handshake.accept(id, peer, message.getMediaStreamDescriptor(), settings, log);
            events.execute(() -> open(handshake, message.getSequenceNumber()));
        } catch (StatusException e) {
            close(e.getStatus());
        } catch (Throwable e) {
            log.error("{}: the handshake failed", this, e);
            close(Status.INTERNAL.withDescription("the extension could not open the session"));
        }
    }

    private void open(Handshake handshake, long acknowledged) {
        memory = handshake.memory();
        if (state == State.CLOSED) {
            releaseMemory();
            return;
        }
        description = handshake.session();
        counts = new SessionCounts(settings.meters().of(description.graph()), SampleOutcome.SKIPPED, time.now());
        log.info("{} opened: {}, {}", this, describeFormat(), transfer().label());
        call.send(answers.toDescriptor(acknowledged, settings.extensionIdentifier(), description.timescale()));
        state = lastStatus == null ? State.OPEN : State.DRAINING;
        lastHeardNanos = time.nanoTime();
        expireIdleAfter(settings.limits().maxIdle());
        replenish();
        endIfDrained();
    }

    private void expireHandshake() {
        if (state == State.AWAITING_DESCRIPTOR) {
            closeNow(Refusals.noMessage());
        }
    }

    private void expireIdleAfter(Duration delay) {
        silenceTimer = time.schedule(delay, () -> events.execute(this::expireIdle));
    }

    /** While the extension is suspended, it is the one that is silent. */
    private void expireIdle() {
        if (state != State.OPEN) {
            return;
        }
        Duration maxIdle = settings.limits().maxIdle();
        Duration left = maxIdle.minusNanos(time.nanoTime() - lastHeardNanos);
        if (admission.isSuspended()) {
            expireIdleAfter(maxIdle);
        } else if (!left.isNegative() && !left.isZero()) {
            expireIdleAfter(left);
        } else {
            drain(Refusals.idle(maxIdle));
        }
    }

    private void receiveLater(MediaStreamMessage message) {
        if (Long.compareUnsigned(message.getSequenceNumber(), lastReceived) <= 0) {
            refuse(Refusals.notIncreasing(message, lastReceived));
            return;
        }
        lastReceived = message.getSequenceNumber();
        switch (message.getPayloadCase()) {
            case MEDIA_SAMPLE -> receiveSample(message);
            case MEDIA_STREAM_DESCRIPTOR -> refuse(Refusals.secondDescriptor(message));
            // an acknowledgement of ours alone
            case PAYLOAD_NOT_SET -> replenish();
        }
    }

    private void receiveSample(MediaStreamMessage message) {
        admission.add(expected(message));
        dispatch();
        for (Frame frame = admission.overtaken(); frame != null; frame = admission.overtaken()) {
            skip(frame);
        }
        answers.sendReady(call);
        replenish();
    }

    /** Asked for before the session began to end: too late for the route, but owed its acknowledgement all the same. */
    private void receiveLate(MediaStreamMessage message) {
        if (message.hasMediaSample()) {
            skip(expected(message));
            answers.sendReady(call);
        }
    }

    private Frame expected(MediaStreamMessage message) {
        Frame frame = new Frame(
                this, description, message.getSequenceNumber(), message.getMediaSample(), memory, time.nanoTime());
        credit.frameCame(frame.embeddedBytes());
        counts.sampleBegan(frame.contentBytes());
        answers.expect(frame);
        return frame;
    }

    // the route

    private void dispatch() {
        for (Frame frame = admission.next(); frame != null; frame = admission.next()) {
            frame.enterRoute();
            try {
                executor.execute(frame);
            } catch (Throwable e) {
                frame.abandon(e);
            }
        }
    }

    private void leaveRoute(Frame frame, Reply reply) {
        admission.left();
        endAhead(frame);
        if (state == State.CLOSED) {
            return;
        }
        answers.reply(frame, reply);
        dispatch();
        flushSoon();
    }

    private void skipWaiting() {
        for (Frame frame = admission.poll(); frame != null; frame = admission.poll()) {
            skip(frame);
        }
    }

    private void skip(Frame frame) {
        leaveOut(frame);
        answers.reply(frame, Reply.NOT_PROCESSED);
    }

    private void leaveOut(Frame frame) {
        frame.skip();
        endAhead(frame);
        counts.acknowledgedAlone(frame.ageNanos(time.nanoTime()));
    }

    private void endAhead(Frame frame) {
        if (frame.endAhead()) {
            credit.frameBegun();
        }
    }

    private void failed(Frame frame, Throwable cause, OnFailure onFailure) {
        if (frame.leaveRoute()) {
            counts.failed(frame.ageNanos(time.nanoTime()), Failures.describe(cause));
            if (onFailure == OnFailure.CLOSE) {
                drain(failure(frame, cause));
            }
            leaveRoute(frame, Reply.NOT_PROCESSED);
        }
    }

    private Status failure(Frame frame, Throwable cause) {
        String known = cause instanceof FrameException ? cause.getMessage() : settings.failureText().of(cause);
        return Status.INTERNAL.withDescription("sample " + Long.toUnsignedString(frame.sequenceNumber()) + " failed: " + known);
    }

    // what goes out

    /** One answer wakes gRPC's thread as much as many do. */
    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            executor.defer(this::flushNow);
        }
    }

    private void flushNow() {
        try {
            events.execute(flush);
        } catch (Throwable e) {
            tryAgain(flushAgain);
            throw e;
        }
    }

    private void flush() {
        flushing = false;
        if (state != State.CLOSED) {
            answers.sendReady(call);
            replenishUnlessUnderWay();
            endIfDrained();
        }
    }

    /** Asks for as many messages as there is room for. Not while earlier answers have not left: they would pile up. */
    private void replenish() {
        if (state != State.OPEN || admission.isSuspended() || !call.isReady()) {
            return;
        }
        int messages = credit.left(answers.unsettled());
        if (messages > 0) {
            request(messages);
        }
    }

    /** The next message that comes does so otherwise, on gRPC's thread, which any other would have to wake. */
    private void replenishUnlessUnderWay() {
        if (!credit.isAnyUnderWay()) {
            replenish();
        }
    }

    private void request(int messages) {
        credit.requested(messages);
        call.request(messages);
    }

    // the end

    /** The node broke a rule: what came before is answered first. */
    private void refuse(Status status) {
        if (description == null) {
            closeNow(status);
        } else {
            drain(status);
        }
    }

    /** The first status stands. */
    private void drain(Status status) {
        if (lastStatus == null) {
            lastStatus = status;
        }
        switch (state) {
            case AWAITING_DESCRIPTOR -> closeNow(lastStatus);
            case OPEN -> state = State.DRAINING;
            default -> {
                // the descriptor is owed its answer first, or the session is on its way out
            }
        }
        endIfDrained();
    }

    private void endIfDrained() {
        if (state == State.DRAINING && !answers.isAnyOwed()) {
            hangUp(lastStatus);
        }
    }

    private void closeNow(Status status) {
        if (state == State.CLOSED) {
            return;
        }
        skipWaiting();
        if (memory == null) {
            answers.acknowledgeAll();
        }
        hangUp(status);
    }

    private void hangUp(Status status) {
        try {
            answers.sendReady(call);
        } finally {
            // before the call's own end is told, which may come at once
            state = State.CLOSED;
            try {
                call.close(status);
            } finally {
                over(status);
            }
        }
    }

    private void abandon() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        for (Frame frame = admission.poll(); frame != null; frame = admission.poll()) {
            leaveOut(frame);
        }
        over(Status.CANCELLED);
    }

    /** A mistake in this program, or an Error: this session cannot go on, the others can. Nothing may come out of here. */
    private void onBroken(Throwable failure) {
        if (state == State.CLOSED) {
            LOG.error("{} broke after its end", this, failure);
            return;
        }
        state = State.CLOSED;
        Status status = Status.INTERNAL.withDescription("the extension failed");
        try {
            call.close(status);
        } catch (Throwable e) {
            failure.addSuppressed(e);
        } finally {
            breakOff(status, failure);
        }
    }

    private void breakOff(Status status, Throwable failure) {
        try {
            for (Frame frame = admission.poll(); frame != null; frame = admission.poll()) {
                leaveOut(frame);
            }
            over(status);
            LOG.error("{} broke", this, failure);
        } catch (Throwable e) {
            // the session is closed and its place is free; there is nobody left to tell
            failure.addSuppressed(e);
        }
    }

    /** Gives everything back; frames in the route keep what they hold until they are released. */
    private void over(Status status) {
        try {
            answers.clear();
            if (silenceTimer != null) {
                silenceTimer.cancel();
            }
            releaseMemory();
            if (counts != null) {
                counts.sessionEnded();
            }
            logEnd(status);
        } finally {
            onClosed.run();
        }
    }

    private void releaseMemory() {
        if (memory != null) {
            memory.release();
        }
    }

    private void logEnd(Status status) {
        String frames = counts == null ? "" : "; " + counts;
        switch (status.getCode()) {
            case OK, CANCELLED -> log.info("{} ended{}", this, frames);
            case UNAVAILABLE -> log.info("{} ended: {}{}", this, status.getDescription(), frames);
            default -> log.warn("{} ended with {}: {}{}", this, status.getCode(), status.getDescription(), frames);
        }
    }

    private String describeFormat() {
        return description.format().map(Object::toString).orElse("inferences only");
    }

    private DataTransfer transfer() {
        return memory == null ? DataTransfer.EMBEDDED : DataTransfer.SHARED_MEMORY;
    }
}
