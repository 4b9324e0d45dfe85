package io.github.camellva.grpc.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.text.Printable;
import io.github.camellva.grpc.thread.Time;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * The node's side of one session: numbers what it sends, and finds by acknowledgement alone which sample an answer is for, since
 * published extensions choose sequence numbers, timestamps and descriptors as they like. Samples that come before the extension
 * has answered the descriptor wait until it has.
 * <p>
 * Safe for use by many threads. Two locks: {@code sending} keeps messages in the order of their numbers while one is serialised;
 * {@code this} guards the state, and is held for moments only, so that gRPC's thread never waits for a large frame. Whoever needs
 * both takes {@code sending} first. Nothing is called while {@code this} is held, and futures complete outside both.
 */
public final class NodeSession {

    private final MediaStreamDescriptor descriptor;
    private final SampleContents contents;
    private final int maxInFlight;
    private final Duration responseTimeout;
    private final Time time;
    private final Executor sends;
    private final Runnable sendWaiting = this::sendWaiting;
    private final NodeCall call;
    private final SessionCounts counts;
    private volatile String id;
    private volatile boolean finished;

    private final CompletableFuture<MediaStreamDescriptor> opened = new CompletableFuture<>();
    private final CompletableFuture<Status> ended = new CompletableFuture<>();

    private final Object sending = new Object();
    @GuardedBy("sending")
    private boolean halfClosed;
    @GuardedBy("this")
    private NodeState state = NodeState.OPENING;
    @GuardedBy("this")
    private final SentSamples samples = new SentSamples();
    @GuardedBy("this")
    private final SignsOfLife signsOfLife;
    @GuardedBy("this")
    private final Deadlines deadlines;
    /** To be sent in this order, when the session is open. */
    @GuardedBy("this")
    private final Queue<MediaStreamMessage> waiting = new ArrayDeque<>();
    /** Of the message that was made last; 1 is the descriptor. */
    @GuardedBy("this")
    private long lastNumber = 1;
    /** Of the message that was sent last. */
    @GuardedBy("this")
    private long lastSent = 1;
    /** Whether samples were given up: the extension loses them, and is not just late. */
    @GuardedBy("this")
    private boolean losing;
    /** Completes when there is room; null while nobody waits. */
    @GuardedBy("this")
    private @Nullable CompletableFuture<Void> room;
    /** Why this side broke the call off; gRPC only knows that it did. */
    @GuardedBy("this")
    private @Nullable Status givenUp;
    @GuardedBy("this")
    private @Nullable Status endStatus;

    /**
     * @param descriptor      what to announce, without shared memory: that is added here
     * @param memory          frames go through it; null to embed them in messages
     * @param maxInFlight     samples sent and not answered, 2 or more: some extensions answer a sample only when the next one comes
     * @param responseTimeout how long to wait for an answer; then its place is free again, and its region with a late answer or
     *                        the session's end
     * @param meters          counts what happens in all sessions
     * @param random          for the session's id
     * @param sends           runs what sends samples, now or a moment later, when several can be sent together
     */
    public NodeSession(
                       MediaStreamDescriptor descriptor, @Nullable FrameMemory memory, int maxInFlight, Duration responseTimeout,
                       PipelineMeters meters, Time time, RandomGenerator random, Executor sends, NodeCall call) {
        this.contents = new SampleContents(memory);
        this.descriptor = contents.describe(descriptor);
        this.maxInFlight = maxInFlight;
        this.responseTimeout = responseTimeout;
        this.time = time;
        this.sends = sends;
        this.call = call;
        this.id = HexFormat.of().toHexDigits(random.nextLong());
        this.counts = new SessionCounts(meters.of(descriptor.getGraphIdentifier()), SampleOutcome.NOT_PROCESSED, time.now());
        this.signsOfLife = new SignsOfLife(responseTimeout, time.nanoTime());
        this.deadlines = new Deadlines(responseTimeout, time, samples, signsOfLife, this::onTimer);
    }

    /** Announces the session. */
    public void start() {
        synchronized (sending) {
            call.send(MediaStreamMessage.newBuilder().setSequenceNumber(1).setMediaStreamDescriptor(descriptor).build());
        }
    }

    /** As the extension calls it, if it said so; otherwise unique for every session, and known to this side only. */
    public String id() {
        return id;
    }

    /** From gRPC: what the extension calls the session, before anything else comes. */
    public void named(String peersId) {
        id = peersId;
    }

    /** The extension's descriptor, when it has come; fails when the session ends without one. */
    public CompletableFuture<MediaStreamDescriptor> opened() {
        return opened;
    }

    /** How the session ended, when it has. */
    public CompletableFuture<Status> ended() {
        return ended;
    }

    /**
     * Sends a sample.
     *
     * @param  timestamp ticks
     * @param  content   the frame, or null for a sample of inferences only; not to be changed until there is an answer
     * @param  upstream  what earlier steps of the pipeline found
     * @return           the message that acknowledges it, whose sample carries what was found; fails with an
     *                   {@link UnansweredException}: with a {@link NoRoomException} when there may be room later
     */
    public CompletableFuture<MediaStreamMessage> send(long timestamp, @Nullable ByteBuffer content, List<Inference> upstream) {
        FrameMemory.Slot slot = null;
        SentSample sample = null;
        try {
            requireOpenAndRoom();
            MediaSample.Builder media = MediaSample.newBuilder().setTimestamp(timestamp).addAllInferences(upstream);
            if (content != null && contents.areShared()) {
                slot = write(content);
                SampleContents.refer(slot, media);
            } else if (content != null) {
                SampleContents.embed(content, media);
            }
            sample = new SentSample(slot, time.nanoTime());
            enqueue(media, sample, content == null ? 0 : content.remaining());
            sends.execute(sendWaiting);
            return sample.answer();
        } catch (UnansweredException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            // whatever went wrong on the way, Errors included, nobody else knows of the slot then
            if (slot != null && (sample == null || !sample.isTracked())) {
                slot.release();
            }
        }
    }

    /** Completes when there may be room that was not there before, or the session has ended. To be taken before a sample is tried. */
    public synchronized CompletableFuture<Void> room() {
        if (!state.takesSamples()) {
            return CompletableFuture.completedFuture(null);
        }
        if (room == null) {
            room = new CompletableFuture<>();
        }
        return room;
    }

    /** Whether it takes samples still; once it does not, it never will again. */
    public synchronized boolean isOpen() {
        return state.takesSamples();
    }

    /** Whether this side has finished it, so that its end is no failure. */
    public boolean wasFinished() {
        return finished;
    }

    /** Samples sent and not answered. */
    public synchronized int inFlight() {
        return samples.unanswered();
    }

    /**
     * What an operator may want to know.
     *
     * @param peer address and port of the extension
     */
    public SessionReport report(String peer) {
        return counts.report(id, peer, descriptor.getGraphIdentifier(), Descriptions.formatOf(descriptor), contents.transfer());
    }

    /** How the session's samples ended, in words. */
    public String summary(@Nullable String known) {
        return counts.summary(known);
    }

    /**
     * No more samples will be sent; the extension answers what it has and ends the session. One that does not is left after
     * {@code responseTimeout}, at once if it has not answered the last sample for so long.
     */
    public CompletableFuture<Status> finish() {
        CompletableFuture<Void> waitingForRoom = null;
        synchronized (this) {
            if (state.takesSamples()) {
                // what waits is sent first
                finished = true;
                state = state == NodeState.OPENING && !waiting.isEmpty() ? NodeState.FINISHING_UNOPENED : NodeState.FINISHING;
                long now = time.nanoTime();
                deadlines.finishing(now);
                deadlines.watch(state, now);
                waitingForRoom = takeRoom();
            }
        }
        sendWaiting();
        complete(waitingForRoom);
        return ended;
    }

    /** Its id and graph. */
    @Override
    public String toString() {
        return "session " + id + " of graph '" + Printable.of(descriptor.getGraphIdentifier().getGraphInstanceName())
               + "' node '" + Printable.of(descriptor.getGraphIdentifier().getGraphNodeName()) + "'";
    }

    // from gRPC

    /** A message has come. */
    public void onMessage(MediaStreamMessage message) {
        if (message.hasMediaStreamDescriptor()) {
            open(message.getMediaStreamDescriptor());
        }
        SentSample answered;
        CompletableFuture<Void> waitingForRoom;
        synchronized (this) {
            answered = acknowledge(message);
            boolean madeRoom = answered != null || samples.reclaim(message.getAckSequenceNumber());
            signsOfLife.came(time.nanoTime(), samples.isAnyUnanswered());
            waitingForRoom = madeRoom ? takeRoom() : null;
        }
        if (answered != null) {
            answered.answer().complete(message);
        }
        complete(waitingForRoom);
    }

    /** The call takes messages again. */
    public void onReady() {
        CompletableFuture<Void> waitingForRoom;
        synchronized (this) {
            signsOfLife.left(time.nanoTime());
            waitingForRoom = samples.allHaveLeft() ? takeRoom() : null;
        }
        complete(waitingForRoom);
    }

    /** The call has ended. */
    public void onEnd(Status callStatus) {
        Status status;
        Map<Long, SentSample> lost;
        CompletableFuture<Void> waitingForRoom;
        synchronized (this) {
            if (state == NodeState.ENDED) {
                return;
            }
            state = NodeState.ENDED;
            status = givenUp == null ? callStatus : givenUp;
            endStatus = status;
            waiting.clear();
            deadlines.cancel();
            lost = samples.loseAll();
            lost.values().forEach(sample -> counts.failed(sample.ageNanos(time.nanoTime()), Descriptions.of(status)));
            counts.sessionEnded();
            waitingForRoom = takeRoom();
        }
        String why = Descriptions.of(status);
        lost.forEach((number, sample) -> sample.answer().completeExceptionally(new UnansweredException(
                "the session ended before sample " + number + " was answered: " + why, status)));
        opened.completeExceptionally(
                new UnansweredException("the session ended before the extension answered the descriptor: " + why, status));
        ended.complete(status);
        complete(waitingForRoom);
    }

    // what goes out

    private FrameMemory.Slot write(ByteBuffer content) {
        try {
            Optional<FrameMemory.Slot> slot = contents.write(content);
            if (slot.isEmpty() && isAnyUnreclaimed()) {
                // regions that nobody will ever free: another session has memory of its own
                finish();
                throw new FinishingException();
            }
            return slot.orElseThrow(() -> contents.noRoomFor(content));
        } catch (IOException e) {
            // a session that ended meanwhile has closed the buffer
            requireOpenAndRoom();
            throw new UnansweredException(
                    "the sample was not sent: " + e.getMessage(), Status.RESOURCE_EXHAUSTED.withCause(e));
        }
    }

    private synchronized boolean isAnyUnreclaimed() {
        return samples.isAnyUnreclaimed();
    }

    private synchronized void enqueue(MediaSample.Builder media, SentSample sample, int contentBytes) {
        // again, since others may have sent while the frame was written to its slot
        requireOpenAndRoom();
        long number = ++lastNumber;
        MediaStreamMessage message = MediaStreamMessage.newBuilder().setSequenceNumber(number).setMediaSample(media).build();
        samples.add(number, sample);
        waiting.add(message);
        signsOfLife.sent(sample.sentNanos());
        counts.sampleBegan(contentBytes);
        deadlines.sampleAdded(state);
    }

    private void open(MediaStreamDescriptor answer) {
        synchronized (this) {
            state = switch (state) {
                case OPENING -> NodeState.OPEN;
                case FINISHING_UNOPENED -> NodeState.FINISHING;
                default -> state;
            };
            deadlines.watch(state, time.nanoTime());
        }
        sendWaiting();
        opened.complete(answer);
    }

    /** What the peer has got of a message that cannot be sent is not known: the end of the call answers its sample. */
    private void sendWaiting() {
        synchronized (sending) {
            try {
                for (MediaStreamMessage next = nextToSend(); next != null; next = nextToSend()) {
                    call.send(next);
                }
                if (!halfClosed && isFinishing()) {
                    halfClosed = true;
                    call.halfClose();
                }
            } catch (Throwable e) {
                giveUp(Status.INTERNAL.withDescription("a message could not be sent: " + Failures.describe(e)));
            }
        }
    }

    @GuardedBy("sending")
    private synchronized @Nullable MediaStreamMessage nextToSend() {
        MediaStreamMessage next = state.sends() ? waiting.poll() : null;
        if (next != null) {
            lastSent = next.getSequenceNumber();
        }
        return next;
    }

    private synchronized boolean isFinishing() {
        return state == NodeState.FINISHING;
    }

    private void giveUp(Status status) {
        synchronized (this) {
            if (givenUp == null) {
                givenUp = status;
            }
        }
        call.cancel(status.getDescription());
    }

    // what comes in, or does not

    /** An extension cannot acknowledge what it has not got. */
    @GuardedBy("this")
    private @Nullable SentSample acknowledge(MediaStreamMessage message) {
        long number = message.getAckSequenceNumber();
        // its region is free before anybody is told that there is room
        SentSample answered = Long.compareUnsigned(number, lastSent) > 0 ? null : samples.acknowledge(number);
        if (answered != null) {
            long nanos = answered.ageNanos(time.nanoTime());
            if (message.hasMediaSample()) {
                counts.answered(nanos);
            } else {
                counts.acknowledgedAlone(nanos);
            }
        }
        return answered;
    }

    /** When the oldest sample should have been answered, a session may be quiet, or one that is finishing should have ended. */
    private void onTimer() {
        Map<Long, SentSample> expired = Map.of();
        Status hopeless;
        boolean quiet = false;
        CompletableFuture<Void> waitingForRoom = null;
        synchronized (this) {
            deadlines.due();
            if (state == NodeState.ENDED) {
                return;
            }
            hopeless = deadlines.hopeless(state, call.isReady());
            if (hopeless == null) {
                long now = time.nanoTime();
                quiet = isQuiet(now);
                expired = expire();
                deadlines.watch(state, now);
                waitingForRoom = expired.isEmpty() ? null : takeRoom();
            }
        }
        if (hopeless != null) {
            giveUp(hopeless);
        }
        if (quiet) {
            // an extension that answers a sample only when the next one comes has a reason to answer the last one
            finish();
        }
        expired.forEach((number, sample) -> sample.answer()
                .completeExceptionally(new UnansweredException(unansweredInTime(number), Status.DEADLINE_EXCEEDED)));
        complete(waitingForRoom);
    }

    @GuardedBy("this")
    private Map<Long, SentSample> expire() {
        long now = time.nanoTime();
        Map<Long, SentSample> expired = deadlines.expire(state, call.isReady());
        expired.forEach((number, sample) -> counts.failed(sample.ageNanos(now), unansweredInTime(number)));
        losing |= !expired.isEmpty();
        return expired;
    }

    /** Whether samples are unanswered, more could be sent, and nothing has gone either way for a while. */
    @GuardedBy("this")
    private boolean isQuiet(long now) {
        return state == NodeState.OPEN && !losing && samples.isAnyUnanswered() && samples.unanswered() + samples.stuck() < maxInFlight
               && room == null && call.isReady() && signsOfLife.untilQuiet(now) <= 0;
    }

    private synchronized void requireOpenAndRoom() {
        switch (state) {
            case ENDED -> throw new UnansweredException(
                    "the sample was not sent: the session has ended: " + Descriptions.of(endStatus), endStatus);
            case FINISHING, FINISHING_UNOPENED -> throw new FinishingException();
            default -> requireRoom();
        }
    }

    @GuardedBy("this")
    private void requireRoom() {
        if (samples.unanswered() + samples.stuck() >= maxInFlight) {
            throw new NoRoomException("the sample was not sent: " + (samples.stuck() == 0
                    ? maxInFlight + " samples are unanswered, which is the most allowed in flight"
                    : "the extension does not take what was sent before: " + samples.stuck()
                      + " samples that were given up still wait to leave"));
        }
    }

    /** To be completed outside the locks; null when nobody waits. */
    @GuardedBy("this")
    private @Nullable CompletableFuture<Void> takeRoom() {
        CompletableFuture<Void> taken = room;
        room = null;
        return taken;
    }

    private static void complete(@Nullable CompletableFuture<Void> waitingForRoom) {
        if (waitingForRoom != null) {
            waitingForRoom.complete(null);
        }
    }

    private String unansweredInTime(long number) {
        return "sample " + number + " was not answered within " + responseTimeout.toMillis() + " ms";
    }
}
