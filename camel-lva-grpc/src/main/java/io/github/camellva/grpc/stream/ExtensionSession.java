package io.github.camellva.grpc.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import io.grpc.StatusException;
import org.slf4j.LoggerFactory;

/**
 * The extension's side of one session: handshake, sequence numbers, acknowledgements and credit.
 * <p>
 * Messages come in on gRPC's threads and outcomes on whichever thread a frame was done; everything happens under this object's
 * lock and nothing waits there. Frames and the handshake's file access run on the executor.
 */
public final class ExtensionSession {

    /** The call that a session speaks through. */
    public interface Line {

        /** Never called by two threads at once. */
        void send(MediaStreamMessage message);

        /** Asks for so many messages more. */
        void request(int messages);

        /** Whether what was sent has left, so that more may be sent without piling up. */
        boolean isReady();

        /** Ends the call; the last thing that is called. */
        void close(Status status);
    }

    private enum State {
        /** The first message has not come. */
        AWAITING_DESCRIPTOR,
        /** The descriptor is being looked at; no message is asked for meanwhile. */
        HANDSHAKING,
        /** Samples come and go. */
        OPEN,
        /** No more samples are taken; ends when all have been answered. */
        DRAINING,
        CLOSED
    }

    private static final RateLimitedLog LOG = new RateLimitedLog(LoggerFactory.getLogger(ExtensionSession.class));

    private final String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final Peer peer;
    private final SessionSettings settings;
    private final FrameExecutor executor;
    private final RouteEntrance route;
    private final Line line;
    private final Runnable onClosed;

    private final Replies replies = new Replies();
    private final InFlightWindow window;
    private final Credit credit;
    /** Received, unanswered and not in the route. */
    private final Deque<PendingSample> waiting = new ArrayDeque<>();
    /** Answers that may be sent, and are sent together. */
    private final List<MediaStreamMessage> ready = new ArrayList<>();
    private boolean flushing;

    private State state = State.AWAITING_DESCRIPTOR;
    private boolean suspended;
    /** The node's descriptor is being looked at, and is owed its answer before the session may end. */
    private boolean descriptorUnanswered;
    private SessionDescription description;
    private SharedMemory memory;
    /** Null until the handshake is done. */
    private SessionCounts counts;
    /** What a draining session ends with. */
    private Status lastStatus;
    private int inRoute;
    private long lastReceived;

    /**
     * @param executor runs the handler; must refuse or queue what it has no thread for, never run it on the caller's
     * @param onClosed called once, when the session is over
     */
    public ExtensionSession(
                            Peer peer, SessionSettings settings, FrameHandler handler, FrameExecutor executor, Line line,
                            Runnable onClosed) {
        this.peer = peer;
        this.settings = settings;
        this.executor = executor;
        this.route = new RouteEntrance(handler, executor);
        this.line = line;
        this.onClosed = onClosed;
        this.credit = new Credit(settings.overflow(), settings.maxInFlight());
        this.window = new InFlightWindow(settings.answerOrder(), sample -> ready.add(replies.answer(sample)));
    }

    /** Unique for every session of every extension. */
    public String id() {
        return id;
    }

    /** Asks for the descriptor. */
    public synchronized void start() {
        request(1);
    }

    public void onMessage(Received received) {
        admitting(() -> receive(received));
    }

    private void receive(Received received) {
        credit.messageCame();
        if (received.refusal() == null) {
            take(received.message());
        } else if (state != State.CLOSED) {
            end(received.refusal());
        }
    }

    /** The node will send no more: what it sent is answered, then the session ends well. */
    public synchronized void onHalfClose() {
        drain(Status.OK);
    }

    /** The node is gone: nobody reads answers any more. */
    public synchronized void onCancel() {
        if (state == State.CLOSED) {
            return;
        }
        while (!waiting.isEmpty()) {
            leaveOut(waiting.poll());
        }
        window.clear();
        ready.clear();
        closed(Status.CANCELLED);
    }

    /** What was sent has left. */
    public synchronized void onReady() {
        replenish();
    }

    /** A node that never says who it is must not hold a place. */
    public synchronized void onHandshakeTimeout() {
        if (state == State.AWAITING_DESCRIPTOR) {
            close(Refusals.noMessage());
        }
    }

    /** Takes no further frames into the route until {@link #resume()}; those in it go on. */
    public synchronized void suspend() {
        suspended = true;
    }

    public void resume() {
        admitting(() -> {
            suspended = false;
            dispatchWaiting();
            replenish();
        });
    }

    /** Ends when the frames in the route are done; those that wait to get there are acknowledged without inferences. */
    public synchronized void stop(Status status) {
        while (!waiting.isEmpty()) {
            skip(waiting.poll());
        }
        drain(status);
    }

    /**
     * Ends at once. Frames still in the route are acknowledged without inferences, unless there are some that read the node's
     * memory: then an acknowledgement would be a lie, and the end of the stream says the rest.
     */
    public synchronized void close(Status status) {
        if (state == State.CLOSED) {
            return;
        }
        while (!waiting.isEmpty()) {
            skip(waiting.poll());
        }
        if (memory == null) {
            window.answerAll();
        }
        window.clear();
        hangUp(status);
    }

    /** Frames of this session that are in the route. */
    public synchronized int inRoute() {
        return inRoute;
    }

    /** Its number, graph and peer. */
    @Override
    public synchronized String toString() {
        return description != null ? description.toString() : "session " + id + " at " + peer.address();
    }

    /** From a pending sample: the route is done with it. */
    void processed(PendingSample sample, List<Inference> inferences) {
        admitting(() -> {
            counts.answered(sample.ageNanos());
            answer(sample, inferences);
        });
    }

    /** From a pending sample: the route could not process it. */
    void failed(PendingSample sample, Throwable cause) {
        admitting(() -> {
            counts.failed(sample.ageNanos(), String.valueOf(cause));
            if (settings.onFailure() == OnFailure.CLOSE) {
                String known = cause instanceof FrameException ? cause.getMessage() : settings.failureText().of(cause);
                drain(Status.INTERNAL.withDescription(
                        "sample " + Long.toUnsignedString(sample.sequenceNumber()) + " failed: " + known));
            }
            answer(sample, List.of());
        });
    }

    /** What an operator may want to know; empty before the handshake is done. */
    public synchronized Optional<SessionReport> report() {
        return description == null
                ? Optional.empty()
                : Optional.of(counts.report(id, peer.address(), description.graph(), describeFormat(), transfer()));
    }

    /** Whatever may let frames into the route. They get their threads when the lock is free again, also if it fails half-way. */
    private void admitting(Runnable change) {
        try {
            synchronized (this) {
                change.run();
            }
        } finally {
            route.askForThreads();
        }
    }

    private void answer(PendingSample sample, List<Inference> inferences) {
        inRoute--;
        if (state == State.CLOSED) {
            return;
        }
        window.answer(sample, inferences);
        dispatchWaiting();
        flushSoon();
    }

    private void take(MediaStreamMessage message) {
        switch (state) {
            case AWAITING_DESCRIPTOR -> onFirstMessage(message);
            case HANDSHAKING, OPEN -> onLaterMessage(message);
            case DRAINING -> onLateMessage(message);
            case CLOSED -> {
            }
        }
    }

    private void onFirstMessage(MediaStreamMessage message) {
        if (!message.hasMediaStreamDescriptor()) {
            end(Refusals.notADescriptor(message));
            return;
        }
        lastReceived = message.getSequenceNumber();
        state = State.HANDSHAKING;
        descriptorUnanswered = true;
        try {
            executor.execute(() -> shakeHands(message));
        } catch (RejectedExecutionException e) {
            close(Status.UNAVAILABLE.withDescription("the extension has no thread free for a new session; try again later"));
        }
    }

    private void shakeHands(MediaStreamMessage message) {
        try {
            opened(Handshake.accept(id, peer, message.getMediaStreamDescriptor(), settings), message.getSequenceNumber());
        } catch (StatusException e) {
            end(e.getStatus());
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(ExtensionSession.class).error("{}: the handshake failed", this, e);
            end(Status.INTERNAL.withDescription("the extension could not open the session"));
        }
    }

    private synchronized void opened(Handshake handshake, long acknowledged) {
        if (state != State.HANDSHAKING && state != State.DRAINING) {
            if (handshake.memory() != null) {
                handshake.memory().release();
            }
            return;
        }
        description = handshake.session();
        memory = handshake.memory();
        counts = new SessionCounts(settings.meters().of(description.graph()));
        LOG.info("{} opened: {}, {}", this, describeFormat(), transfer().label());
        descriptorUnanswered = false;
        line.send(replies.descriptor(acknowledged, settings.extensionIdentifier(), description.timescale()));
        if (state == State.HANDSHAKING) {
            state = State.OPEN;
        }
        replenish();
        endIfDrained();
    }

    private void onLaterMessage(MediaStreamMessage message) {
        if (Long.compareUnsigned(message.getSequenceNumber(), lastReceived) <= 0) {
            end(Refusals.notIncreasing(message, lastReceived));
            return;
        }
        lastReceived = message.getSequenceNumber();
        switch (message.getPayloadCase()) {
            case MEDIA_SAMPLE -> onSample(message);
            case MEDIA_STREAM_DESCRIPTOR -> end(Refusals.secondDescriptor(message));
            // an acknowledgement of ours alone
            case PAYLOAD_NOT_SET -> replenish();
        }
    }

    private void onSample(MediaStreamMessage message) {
        waiting.add(pending(message));
        dispatchWaiting();
        if (settings.overflow().keepsOnlyFreshest() && waiting.size() > 1) {
            skip(waiting.poll());
        }
        replenish();
    }

    /** Asked for before the session began to end: too late for the route, but owed its acknowledgement all the same. */
    private void onLateMessage(MediaStreamMessage message) {
        if (description != null && message.hasMediaSample()) {
            skip(pending(message));
        }
    }

    private PendingSample pending(MediaStreamMessage message) {
        MediaSample media = message.getMediaSample();
        int embeddedBytes = media.getContentBytes().getBytes().size();
        credit.frameCame(embeddedBytes);
        Frame frame = new Frame(
                description, message.getSequenceNumber(), media, memory, embeddedBytes > 0 ? this::onBegun : () -> { });
        counts.sampleBegan(frame.contentBytes());
        PendingSample sample = new PendingSample(this, frame);
        window.add(sample);
        return sample;
    }

    /** From a frame: the route has begun with it, or nobody will. */
    private synchronized void onBegun() {
        credit.frameBegun();
        replenishUnlessUnderWay();
    }

    private void dispatchWaiting() {
        while (!suspended && inRoute < settings.maxInFlight() && !waiting.isEmpty()) {
            PendingSample next = waiting.poll();
            inRoute++;
            route.add(next.takeFrame(), next);
        }
    }

    private void skip(PendingSample sample) {
        leaveOut(sample);
        window.answer(sample, List.of());
        sendReady();
    }

    private void leaveOut(PendingSample sample) {
        sample.takeFrame().release();
        counts.skipped(sample.ageNanos());
    }

    /** One answer wakes gRPC's thread as much as many do. */
    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            executor.executeSoon(this::flush);
        }
    }

    private synchronized void flush() {
        flushing = false;
        sendReady();
        replenishUnlessUnderWay();
        endIfDrained();
    }

    private void sendReady() {
        ready.forEach(line::send);
        ready.clear();
    }

    /** Asks for as many messages as there is room for. Not while earlier answers have not left: they would pile up. */
    private void replenish() {
        if (state != State.OPEN || suspended || !line.isReady()) {
            return;
        }
        int messages = credit.left(window.size());
        if (messages > 0) {
            request(messages);
        }
    }

    /** The next message that comes does so otherwise, on gRPC's thread, which is to be woken from any other. */
    private void replenishUnlessUnderWay() {
        if (!credit.isAnyUnderWay()) {
            replenish();
        }
    }

    private void request(int messages) {
        credit.askedFor(messages);
        line.request(messages);
    }

    /** The node broke a rule: what came before is answered first. */
    private synchronized void end(Status status) {
        if (description == null) {
            close(status);
        } else {
            drain(status);
        }
    }

    private void drain(Status status) {
        if (state != State.DRAINING && state != State.CLOSED) {
            state = State.DRAINING;
            lastStatus = status;
        }
        endIfDrained();
    }

    private void endIfDrained() {
        if (state == State.DRAINING && !descriptorUnanswered && window.isEmpty()) {
            hangUp(lastStatus);
        }
    }

    private void hangUp(Status status) {
        sendReady();
        line.close(status);
        closed(status);
    }

    private void closed(Status status) {
        state = State.CLOSED;
        if (memory != null) {
            memory.release();
        }
        if (counts != null) {
            counts.sessionEnded();
        }
        switch (status.getCode()) {
            case OK, CANCELLED -> LOG.info("{} ended", this);
            case UNAVAILABLE -> LOG.info("{} ended: {}", this, status.getDescription());
            default -> LOG.warn("{} ended with {}: {}", this, status.getCode(), status.getDescription());
        }
        onClosed.run();
    }

    private String describeFormat() {
        return description.format().map(Object::toString).orElse("inferences only");
    }

    private DataTransfer transfer() {
        return memory == null ? DataTransfer.EMBEDDED : DataTransfer.SHARED_MEMORY;
    }
}
