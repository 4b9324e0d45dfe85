package io.github.camellva.grpc.stream;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.Time;
import io.github.camellva.grpc.wire.Received;
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

    private final String id;
    private final Peer peer;
    private final SessionSettings settings;
    private final SessionEnvironment environment;
    private final Time time;
    private final RateLimitedLog log;
    private final ExtensionCall call;
    private final Runnable onClosed;
    private final SynchronizationContext events = new SynchronizationContext((thread, failure) -> onBroken(failure));

    private final SampleFlow samples;

    private volatile State state = State.AWAITING_DESCRIPTOR;
    /** Both are null until the handshake is done. */
    private volatile @Nullable Handshake handshake;
    private volatile @Nullable SessionCounts counts;

    /** Ends a session whose node says nothing: the descriptor at first, then anything. */
    private Time.@Nullable Timer silenceTimer;
    private long lastHeardNanos;
    /** What to end with once drained; null while samples are welcome. */
    private @Nullable Status lastStatus;
    private long lastReceived;

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
        this.time = environment.time();
        this.log = environment.log();
        this.call = call;
        this.onClosed = onClosed;
        this.samples = new SampleFlow(settings, environment, call, events, new SampleFlow.Owner() {

            @Override
            public void onFailure(Status status) {
                drain(status);
            }

            @Override
            public void onFlushed() {
                endIfDrained();
            }
        });
    }

    /** Unique for every session of every extension. */
    public String id() {
        return id;
    }

    /** Asks for the descriptor, which must come in time: a node that never says who it is must not hold a place. */
    public void start() {
        events.execute(() -> {
            silenceTimer = time.schedule(settings.limits().handshakeTimeout(), () -> events.execute(this::expireHandshake));
            samples.requestDescriptor();
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
        events.execute(samples::replenish);
    }

    /** Takes no further frames into the route until {@link #resume()}; those in it go on. */
    public void suspend() {
        events.execute(samples::suspend);
    }

    public void resume() {
        events.execute(samples::resume);
    }

    /** Ends when the frames in the route are done; those that wait to get there are skipped. */
    public void stop(Status status) {
        events.execute(() -> {
            samples.skipWaiting();
            samples.sendReady();
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
        return samples.inRoute();
    }

    /** What an operator may want to know; empty before the handshake is done. */
    public Optional<SessionReport> report() {
        SessionCounts current = counts;
        return current == null
                ? Optional.empty()
                : Optional.of(current.report(
                        id, peer.address(), handshake.session().graph(), handshake.format(), handshake.transfer()));
    }

    /** Its id, graph and peer. */
    @Override
    public String toString() {
        Handshake current = handshake;
        return current != null ? current.session().toString() : "session " + id + " at " + peer.address();
    }

    // what comes in

    private void receive(Received received) {
        samples.messageCame();
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
            case DRAINING -> samples.receiveLate(message);
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
            Handshake accepted = Handshake.accept(id, peer, message.getMediaStreamDescriptor(), settings, log);
            events.execute(() -> open(accepted, message.getSequenceNumber()));
        } catch (StatusException e) {
            close(e.getStatus());
        } catch (Throwable e) {
            log.error("{}: the handshake failed", this, e);
            close(Status.INTERNAL.withDescription("the extension could not open the session"));
        }
    }

    private void open(Handshake accepted, long acknowledged) {
        if (state == State.CLOSED) {
            accepted.release();
            return;
        }
        handshake = accepted;
        counts = new SessionCounts(settings.meters().of(accepted.session().graph()), SampleOutcome.SKIPPED, time.now());
        log.info("{} opened: {}, {}", this, accepted.format(), accepted.transfer().label());
        samples.open(accepted, counts, acknowledged);
        state = State.OPEN;
        if (lastStatus != null) {
            takeNoMore();
        }
        lastHeardNanos = time.nanoTime();
        expireIdleAfter(settings.limits().maxIdle());
        samples.replenish();
        endIfDrained();
    }

    private void takeNoMore() {
        state = State.DRAINING;
        samples.takeNoMore();
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
        if (samples.isSuspended()) {
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
            case MEDIA_SAMPLE -> samples.receive(message);
            case MEDIA_STREAM_DESCRIPTOR -> refuse(Refusals.secondDescriptor(message));
            // an acknowledgement of ours alone
            case PAYLOAD_NOT_SET -> samples.replenish();
        }
    }

    // the end

    /** The node broke a rule: what came before is answered first. */
    private void refuse(Status status) {
        if (handshake == null) {
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
            case OPEN -> takeNoMore();
            default -> {
                // the descriptor is owed its answer first, or the session is on its way out
            }
        }
        endIfDrained();
    }

    private void endIfDrained() {
        if (state == State.DRAINING && !samples.isAnyOwed()) {
            hangUp(lastStatus);
        }
    }

    private void closeNow(Status status) {
        if (state == State.CLOSED) {
            return;
        }
        samples.skipWaiting();
        samples.acknowledgeUnlessRead();
        hangUp(status);
    }

    private void hangUp(Status status) {
        try {
            samples.sendReady();
        } finally {
            // before the call's own end is told, which may come at once
            closed();
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
        closed();
        samples.leaveOutWaiting();
        over(Status.CANCELLED);
    }

    /** A mistake in this program, or an Error: this session cannot go on, the others can. Nothing may come out of here. */
    private void onBroken(Throwable failure) {
        if (state == State.CLOSED) {
            LOG.error("{} broke after its end", this, failure);
            return;
        }
        closed();
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
            samples.leaveOutWaiting();
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
            samples.end();
            if (silenceTimer != null) {
                silenceTimer.cancel();
            }
            logEnd(status);
        } finally {
            onClosed.run();
        }
    }

    private void logEnd(Status status) {
        String frames = counts == null ? "" : "; " + counts.summary(null);
        switch (status.getCode()) {
            case OK, CANCELLED -> log.info("{} ended{}", this, frames);
            case UNAVAILABLE -> log.info("{} ended: {}{}", this, status.getDescription(), frames);
            default -> log.warn("{} ended with {}: {}{}", this, status.getCode(), status.getDescription(), frames);
        }
    }

    private void closed() {
        state = State.CLOSED;
        samples.close();
    }
}
