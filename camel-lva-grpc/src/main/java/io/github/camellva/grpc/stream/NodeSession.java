package io.github.camellva.grpc.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.UnsafeByteOperations;
import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.text.Printable;
import io.github.camellva.grpc.thread.Time;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * The node's side of one session: numbers what it sends, and finds by acknowledgement alone which sample an answer is for, since
 * published extensions choose sequence numbers, timestamps and descriptors as they like. Samples that come before the extension
 * has answered the descriptor are held back until it has.
 * <p>
 * Safe for use by many threads. Two locks: {@code sending} keeps messages in the order of their numbers while one is serialised;
 * {@code this} guards the state, and is held for moments only, so that gRPC's thread never waits for a large frame. Whoever needs
 * both takes {@code sending} first. Nothing is called while {@code this} is held, and futures complete outside both.
 */
public final class NodeSession {

    private enum State {
        /** The extension has not answered the descriptor; samples are held back. */
        OPENING,
        /** The same, and no more samples are taken. */
        FINISHING_UNOPENED,
        /** Samples are sent and answered. */
        OPEN,
        /** No more samples are taken; answers still come. */
        FINISHING,
        ENDED
    }

    /** What an extension gets to end its session that has already let samples time out. */
    private static final Duration LAST_CHANCE = Duration.ofSeconds(1);

    private final MediaStreamDescriptor descriptor;
    private final @Nullable FrameMemory memory;
    private final int maxInFlight;
    private final Duration responseTimeout;
    private final Time time;
    private final NodeCall call;
    private final SessionCounts counts;
    private volatile String id;

    private final CompletableFuture<MediaStreamDescriptor> opened = new CompletableFuture<>();
    private final CompletableFuture<Status> ended = new CompletableFuture<>();

    private final Object sending = new Object();
    @GuardedBy("this")
    private State state = State.OPENING;
    /** By sequence number, oldest first. */
    @GuardedBy("this")
    private final Map<Long, SentSample> unanswered = new LinkedHashMap<>();
    /**
     * Given up, with a region that the extension may still read: it is written again only when a late acknowledgement says that it is
     * free. Bounded by the size of the memory.
     */
    @GuardedBy("this")
    private final Map<Long, SentSample> unreclaimed = new HashMap<>();
    /** Held back until the session is open. */
    @GuardedBy("this")
    private final List<MediaStreamMessage> held = new ArrayList<>();
    @GuardedBy("this")
    private long lastSent;
    /** Samples given up before they have left: the call still holds their bytes. */
    @GuardedBy("this")
    private int stuck;
    /** When something last left or came, so that a peer that does nothing at all is told from a slow one. */
    @GuardedBy("this")
    private long lastProgress;
    /** Since when samples have been sent and nothing has come; 0 while nothing is owed. */
    @GuardedBy("this")
    private long silentSince;
    /** For the oldest sample, or for the end of a session that is finishing. */
    @GuardedBy("this")
    private Time.@Nullable Timer timer;
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
     */
    public NodeSession(
                       MediaStreamDescriptor descriptor, @Nullable FrameMemory memory, int maxInFlight, Duration responseTimeout,
                       PipelineMeters meters, Time time, RandomGenerator random, NodeCall call) {
        this.descriptor = memory == null
                ? descriptor
                : descriptor.toBuilder().setSharedMemoryBufferTransferProperties(
                        SharedMemoryBufferTransferProperties.newBuilder()
                                .setHandleName(memory.handleName())
                                .setLengthBytes(memory.lengthBytes()))
                        .build();
        this.memory = memory;
        this.maxInFlight = maxInFlight;
        this.responseTimeout = responseTimeout;
        this.time = time;
        this.call = call;
        this.id = HexFormat.of().toHexDigits(random.nextLong());
        this.counts = new SessionCounts(meters.of(descriptor.getGraphIdentifier()), SampleOutcome.NOT_PROCESSED, time.now());
        this.lastProgress = time.nanoTime();
    }

    /** Announces the session. */
    public void start() {
        synchronized (sending) {
            long number;
            synchronized (this) {
                number = ++lastSent;
            }
            call.send(MediaStreamMessage.newBuilder().setSequenceNumber(number).setMediaStreamDescriptor(descriptor).build());
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
            if (content != null && memory == null) {
                media.setContentBytes(
                        ContentBytes.newBuilder().setBytes(UnsafeByteOperations.unsafeWrap(content.duplicate())));
            } else if (content != null) {
                slot = slotFor(content);
                media.setContentReference(ContentReference.newBuilder()
                        .setAddressOffset(slot.offset()).setLengthBytes(slot.length()));
            }
            sample = new SentSample(slot, time.nanoTime());
            send(media, sample, content == null ? 0 : content.remaining());
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
        if (!takesSamples()) {
            return CompletableFuture.completedFuture(null);
        }
        if (room == null) {
            room = new CompletableFuture<>();
        }
        return room;
    }

    /** Whether it takes samples still; once it does not, it never will again. */
    public synchronized boolean isOpen() {
        return takesSamples();
    }

    /** Samples sent and not answered. */
    public synchronized int inFlight() {
        return unanswered.size();
    }

    /**
     * What an operator may want to know.
     *
     * @param peer address and port of the extension
     */
    public SessionReport report(String peer) {
        return counts.report(
                id, peer, descriptor.getGraphIdentifier(), Descriptions.formatOf(descriptor),
                memory == null ? DataTransfer.EMBEDDED : DataTransfer.SHARED_MEMORY);
    }

    /** How the session's samples ended, in words. */
    public String summary() {
        return counts.toString();
    }

    /**
     * No more samples will be sent; the extension answers what it has and ends the session. One that does not is left after
     * {@code responseTimeout}, at once if it has not answered the last sample for so long.
     */
    public CompletableFuture<Status> finish() {
        CompletableFuture<Void> waiting = null;
        synchronized (sending) {
            boolean close = false;
            synchronized (this) {
                if (takesSamples()) {
                    // what is held back is sent first
                    close = held.isEmpty();
                    state = close ? State.FINISHING : State.FINISHING_UNOPENED;
                    setTimer(patience());
                    waiting = takeRoom();
                }
            }
            if (close) {
                call.halfClose();
            }
        }
        complete(waiting);
        return ended;
    }

    /** Its id and graph. */
    @Override
    public String toString() {
        return "session " + id + " of graph '" + Printable.of(descriptor.getGraphIdentifier().getGraphInstanceName())
               + "' node '" + Printable.of(descriptor.getGraphIdentifier().getGraphNodeName()) + "'";
    }

    /** From gRPC: a message has come. */
    public void onMessage(MediaStreamMessage message) {
        if (message.hasMediaStreamDescriptor()) {
            open(message.getMediaStreamDescriptor());
        }
        SentSample answered;
        CompletableFuture<Void> waiting;
        synchronized (this) {
            lastProgress = time.nanoTime();
            answered = takeAnswered(message);
            silentSince = unanswered.isEmpty() ? 0 : lastProgress;
            boolean madeRoom = answered != null || reclaim(message.getAckSequenceNumber());
            waiting = madeRoom ? takeRoom() : null;
        }
        if (answered != null) {
            answered.answer().complete(message);
        }
        complete(waiting);
    }

    /** From gRPC: the call takes messages again. */
    public void onReady() {
        CompletableFuture<Void> waiting = null;
        synchronized (this) {
            lastProgress = time.nanoTime();
            if (stuck > 0) {
                stuck = 0;
                waiting = takeRoom();
            }
        }
        complete(waiting);
    }

    /** From gRPC: the call has ended. */
    public void onEnd(Status callStatus) {
        Status status;
        Map<Long, SentSample> lost;
        CompletableFuture<Void> waiting;
        synchronized (this) {
            if (state == State.ENDED) {
                return;
            }
            state = State.ENDED;
            status = givenUp == null ? callStatus : givenUp;
            endStatus = status;
            lost = new LinkedHashMap<>(unanswered);
            unanswered.clear();
            held.clear();
            unreclaimed.values().forEach(SentSample::free);
            unreclaimed.clear();
            cancelTimer();
            lost.values().forEach(sample -> {
                sample.free();
                counts.failed(sample.ageNanos(time.nanoTime()), Descriptions.of(status));
            });
            counts.sessionEnded();
            waiting = takeRoom();
        }
        String why = Descriptions.of(status);
        lost.forEach((number, sample) -> sample.answer().completeExceptionally(new UnansweredException(
                "the session ended before sample " + number + " was answered: " + why, status)));
        opened.completeExceptionally(
                new UnansweredException("the session ended before the extension answered the descriptor: " + why, status));
        ended.complete(status);
        complete(waiting);
    }

    /** How long to wait for the end of a session that is finishing: one that owed answers and has been silent had its time. */
    @GuardedBy("this")
    private Duration patience() {
        if (silentSince == 0 || !unanswered.isEmpty()) {
            return responseTimeout;
        }
        Duration left = responseTimeout.minusNanos(time.nanoTime() - silentSince);
        Duration least = responseTimeout.compareTo(LAST_CHANCE) < 0 ? responseTimeout : LAST_CHANCE;
        return left.compareTo(least) < 0 ? least : left;
    }

    private void open(MediaStreamDescriptor answer) {
        synchronized (sending) {
            sendHeld();
        }
        opened.complete(answer);
    }

    /** In the order of their numbers. */
    @GuardedBy("sending")
    private void sendHeld() {
        List<MediaStreamMessage> first;
        boolean close;
        synchronized (this) {
            if (state != State.OPENING && state != State.FINISHING_UNOPENED) {
                return;
            }
            close = state == State.FINISHING_UNOPENED;
            state = close ? State.FINISHING : State.OPEN;
            first = List.copyOf(held);
            held.clear();
        }
        try {
            first.forEach(call::send);
            if (close) {
                call.halfClose();
            }
        } catch (Throwable e) {
            breakOff(e);
            throw e;
        }
    }

    private FrameMemory.Slot slotFor(ByteBuffer content) {
        if (content.remaining() > memory.lengthBytes()) {
            // waiting for room would be in vain
            throw new UnansweredException(
                    "the sample was not sent: a frame of " + content.remaining() + " bytes is larger than the shared memory of "
                                          + memory.lengthBytes() + " bytes; make the buffer larger",
                    Status.FAILED_PRECONDITION);
        }
        try {
            Optional<FrameMemory.Slot> slot = memory.write(content);
            if (slot.isEmpty() && isAnyUnreclaimed()) {
                // regions that nobody will ever free: another session has memory of its own
                finish();
                throw new FinishingException();
            }
            return slot.orElseThrow(() -> new NoRoomException(
                    "the sample was not sent: no room in shared memory for a frame of " + content.remaining() + " bytes: "
                                                              + memory.freeBytes() + " of " + memory.lengthBytes()
                                                              + " bytes are free; make the buffer larger, or keep fewer frames in"
                                                              + " flight"));
        } catch (IOException e) {
            // a session that ended meanwhile has closed the buffer
            requireOpenAndRoom();
            throw new UnansweredException(
                    "the sample was not sent: " + e.getMessage(), Status.RESOURCE_EXHAUSTED.withCause(e));
        }
    }

    private synchronized boolean isAnyUnreclaimed() {
        return !unreclaimed.isEmpty();
    }

    private void send(MediaSample.Builder media, SentSample sample, int contentBytes) {
        synchronized (sending) {
            MediaStreamMessage message;
            boolean hold;
            synchronized (this) {
                // again, since others may have sent while the frame was written to its slot
                requireOpenAndRoom();
                message = MediaStreamMessage.newBuilder().setSequenceNumber(++lastSent).setMediaSample(media).build();
                hold = state == State.OPENING;
                if (hold) {
                    held.add(message);
                }
                unanswered.put(lastSent, sample);
                sample.track();
                if (silentSince == 0) {
                    silentSince = time.nanoTime();
                }
                counts.sampleBegan(contentBytes);
                if (timer == null) {
                    setTimer(responseTimeout);
                }
            }
            try {
                if (!hold) {
                    call.send(message);
                }
            } catch (Throwable e) {
                // what the peer has got of it is not known; the end of the call answers the sample
                breakOff(e);
                throw e;
            }
        }
    }

    private void breakOff(Throwable cause) {
        giveUp(Status.INTERNAL.withDescription("a message could not be sent: " + Failures.describe(cause)));
    }

    private void giveUp(Status status) {
        synchronized (this) {
            if (givenUp == null) {
                givenUp = status;
            }
        }
        call.cancel(status.getDescription());
    }

    /** When the oldest sample should have been answered, or a session that is finishing should have ended. */
    private void onTimer() {
        Map<Long, SentSample> expired = new LinkedHashMap<>();
        Status hopeless;
        CompletableFuture<Void> waiting = null;
        synchronized (this) {
            timer = null;
            if (state == State.ENDED) {
                return;
            }
            hopeless = hopeless();
            if (hopeless == null) {
                expire(expired);
                setTimerForOldest();
                waiting = expired.isEmpty() ? null : takeRoom();
            }
        }
        if (hopeless != null) {
            giveUp(hopeless);
        }
        expired.forEach((number, sample) -> sample.answer()
                .completeExceptionally(new UnansweredException(unansweredInTime(number), Status.DEADLINE_EXCEEDED)));
        complete(waiting);
    }

    /** What to end the session with when nothing can be expected of the extension any more; null while something can. */
    @GuardedBy("this")
    private @Nullable Status hopeless() {
        String within = " within " + responseTimeout.toMillis() + " ms";
        return switch (state) {
            case OPENING, FINISHING_UNOPENED -> isOverdue(oldestNanos())
                    ? Status.DEADLINE_EXCEEDED.withDescription("the extension did not answer the descriptor" + within)
                    : null;
            case FINISHING -> Status.DEADLINE_EXCEEDED.withDescription("the extension did not end the session" + within);
            default -> isAnySampleOverdue() && isOverdue(lastProgress) && !call.isReady()
                    ? Status.DEADLINE_EXCEEDED.withDescription("the extension neither read nor answered anything" + within)
                    : null;
        };
    }

    @GuardedBy("this")
    private void expire(Map<Long, SentSample> expired) {
        boolean left = call.isReady();
        for (Iterator<Map.Entry<Long, SentSample>> samples = unanswered.entrySet().iterator(); samples.hasNext();) {
            Map.Entry<Long, SentSample> oldest = samples.next();
            if (!isOverdue(oldest.getValue().sentNanos())) {
                return;
            }
            samples.remove();
            if (oldest.getValue().hasSlot()) {
                unreclaimed.put(oldest.getKey(), oldest.getValue());
            }
            stuck += left ? 0 : 1;
            counts.failed(oldest.getValue().ageNanos(time.nanoTime()), unansweredInTime(oldest.getKey()));
            expired.put(oldest.getKey(), oldest.getValue());
        }
    }

    /** A session that is stuck is looked at again even when nothing more can be sent in it. */
    @GuardedBy("this")
    private void setTimerForOldest() {
        if (!unanswered.isEmpty()) {
            setTimer(responseTimeout.minusNanos(time.nanoTime() - oldestNanos()));
        } else if (stuck > 0) {
            setTimer(responseTimeout.minusNanos(time.nanoTime() - lastProgress));
        }
    }

    /** Whether one was given up before it left, or is about to be. */
    @GuardedBy("this")
    private boolean isAnySampleOverdue() {
        return stuck > 0 || !unanswered.isEmpty() && isOverdue(oldestNanos());
    }

    @GuardedBy("this")
    private long oldestNanos() {
        return unanswered.values().iterator().next().sentNanos();
    }

    @GuardedBy("this")
    private boolean isOverdue(long sinceNanos) {
        return time.nanoTime() - sinceNanos >= responseTimeout.toNanos();
    }

    @GuardedBy("this")
    private void setTimer(Duration delay) {
        cancelTimer();
        timer = time.schedule(delay, this::onTimer);
    }

    @GuardedBy("this")
    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    @GuardedBy("this")
    private boolean takesSamples() {
        return state == State.OPENING || state == State.OPEN;
    }

    private synchronized void requireOpenAndRoom() {
        switch (state) {
            case ENDED -> throw new UnansweredException(
                    "the sample was not sent: the session has ended: " + Descriptions.of(endStatus), endStatus);
            case FINISHING, FINISHING_UNOPENED -> throw new FinishingException();
            default -> {
                if (unanswered.size() + stuck >= maxInFlight) {
                    throw new NoRoomException("the sample was not sent: " + (stuck == 0
                            ? maxInFlight + " samples are unanswered, which is the most allowed in flight"
                            : "the extension does not take what was sent before: " + stuck
                              + " samples that were given up still wait to leave"));
                }
            }
        }
    }

    @GuardedBy("this")
    private @Nullable SentSample takeAnswered(MediaStreamMessage message) {
        boolean held = state == State.OPENING || state == State.FINISHING_UNOPENED;
        SentSample answered = held ? null : unanswered.remove(message.getAckSequenceNumber());
        if (answered != null) {
            // its region is free before anybody is told that there is room
            answered.free();
            if (message.hasMediaSample()) {
                counts.answered(answered.ageNanos(time.nanoTime()));
            } else {
                counts.acknowledgedAlone(answered.ageNanos(time.nanoTime()));
            }
        }
        return answered;
    }

    /** Whether a late acknowledgement has freed a region. */
    @GuardedBy("this")
    private boolean reclaim(long number) {
        SentSample late = unreclaimed.remove(number);
        if (late != null) {
            late.free();
        }
        return late != null;
    }

    /** To be completed outside the locks; null when nobody waits. */
    @GuardedBy("this")
    private @Nullable CompletableFuture<Void> takeRoom() {
        CompletableFuture<Void> waiting = room;
        room = null;
        return waiting;
    }

    private static void complete(@Nullable CompletableFuture<Void> waiting) {
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    private String unansweredInTime(long number) {
        return "sample " + number + " was not answered within " + responseTimeout.toMillis() + " ms";
    }
}
