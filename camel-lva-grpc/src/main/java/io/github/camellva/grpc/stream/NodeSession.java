package io.github.camellva.grpc.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.UnsafeByteOperations;
import io.github.camellva.grpc.media.SharedMemorySender;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.grpc.Status;

/**
 * The node's side of one session: numbers what it sends and finds, by acknowledgement alone, which sample an answer is for.
 * Published extensions send sequence numbers, timestamps and descriptors as they like. Safe for use by many threads.
 */
public final class NodeSession {

    /** The call that a session speaks through. */
    public interface Line {

        /** Never called by two threads at once. */
        void send(MediaStreamMessage message);

        /** No more will be sent; answers may still come. */
        void halfClose();

        /** Whether what was sent has left; if not, {@link NodeSession#onReady()} is called when it has. */
        default boolean isReady() {
            return true;
        }
    }

    private final MediaStreamDescriptor descriptor;
    private final SharedMemorySender memory;
    private final int maxInFlight;
    private final Duration responseTimeout;
    private final Line line;
    private final SessionCounts counts;
    private final String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    private final CompletableFuture<MediaStreamDescriptor> opened = new CompletableFuture<>();
    private final CompletableFuture<Status> ended = new CompletableFuture<>();
    /** By sequence number. */
    private final Map<Long, Unanswered> unanswered = new LinkedHashMap<>();
    private long lastSent;
    /** How often room was made, or the session ended. */
    private long roomMade;
    /** Samples given up before they have left: the line still holds their bytes. */
    private int stuck;
    private boolean finishing;
    private Status endStatus;

    private record Unanswered(
            CompletableFuture<MediaStreamMessage> answer, Optional<SharedMemorySender.Slot> slot, CompletableFuture<Void> timer,
            long sentNanos) {

        long ageNanos() {
            return System.nanoTime() - sentNanos;
        }

        /** It is no longer under way: its region may be written again. */
        void free() {
            timer.cancel(false);
            slot.ifPresent(SharedMemorySender.Slot::release);
        }
    }

    /**
     * @param descriptor      what to announce, without shared memory: that is added here
     * @param memory          frames go through it; null to embed them in messages
     * @param maxInFlight     samples sent and not answered, 2 or more: some extensions answer a sample only when the next one comes
     * @param responseTimeout how long to wait for an answer; then the sample's slot is free again
     * @param meters          counts what happens in all sessions
     */
    public NodeSession(
                       MediaStreamDescriptor descriptor, SharedMemorySender memory, int maxInFlight, Duration responseTimeout,
                       PipelineMeters meters, Line line) {
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
        this.line = line;
        this.counts = new SessionCounts(meters.of(descriptor.getGraphIdentifier()));
    }

    /** Announces the session. Samples may follow at once: some extensions do not answer a descriptor before a sample comes. */
    public synchronized void start() {
        line.send(MediaStreamMessage.newBuilder().setSequenceNumber(++lastSent).setMediaStreamDescriptor(descriptor).build());
    }

    /** Unique for every session; no extension knows it. */
    public String id() {
        return id;
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
     *                   {@link UnansweredException}
     */
    public CompletableFuture<MediaStreamMessage> send(long timestamp, ByteBuffer content, List<Inference> upstream) {
        try {
            return trySend(timestamp, content, upstream);
        } catch (UnansweredException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Sends a sample when there is room for it.
     *
     * @param  atMost how long to wait for room; when there still is none, the answer fails with a {@link NoRoomException}
     * @see           #send
     */
    public CompletableFuture<MediaStreamMessage> sendWhenRoom(
            long timestamp, ByteBuffer content, List<Inference> upstream, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            long seen = timesRoomWasMade();
            try {
                return trySend(timestamp, content, upstream);
            } catch (NoRoomException e) {
                if (!awaitRoomMade(seen, deadline)) {
                    return CompletableFuture.failedFuture(e);
                }
            } catch (UnansweredException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
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
    public synchronized SessionReport report(String peer) {
        return counts.report(
                id, peer, descriptor.getGraphIdentifier(), describeFormat(),
                memory == null ? DataTransfer.EMBEDDED : DataTransfer.SHARED_MEMORY);
    }

    /** No more samples will be sent; the extension answers what it has and ends the session. */
    public synchronized CompletableFuture<Status> finish() {
        if (!finishing && endStatus == null) {
            finishing = true;
            line.halfClose();
        }
        return ended;
    }

    /** Its number and graph. */
    @Override
    public String toString() {
        return "session " + id + " of graph '" + descriptor.getGraphIdentifier().getGraphInstanceName() + "' node '"
               + descriptor.getGraphIdentifier().getGraphNodeName() + "'";
    }

    public void onMessage(MediaStreamMessage message) {
        if (message.hasMediaStreamDescriptor()) {
            opened.complete(message.getMediaStreamDescriptor());
        }
        Unanswered answered = takeAnswered(message.getAckSequenceNumber());
        if (answered != null) {
            answered.answer().complete(message);
        }
    }

    /** The line takes messages again. */
    public synchronized void onReady() {
        if (stuck > 0) {
            stuck = 0;
            roomMade++;
            notifyAll();
        }
    }

    public void onEnd(Status status) {
        String why = describe(status);
        Map<Long, Unanswered> lost;
        synchronized (this) {
            endStatus = status;
            roomMade++;
            lost = new LinkedHashMap<>(unanswered);
            unanswered.clear();
            lost.values().forEach(sample -> {
                sample.free();
                counts.failed(sample.ageNanos(), why);
            });
            counts.sessionEnded();
            notifyAll();
        }
        lost.forEach((number, sample) -> sample.answer().completeExceptionally(new UnansweredException(
                "the session ended before sample " + number + " was answered: " + why, status)));
        opened.completeExceptionally(
                new UnansweredException("the extension ended the session before it answered the descriptor: " + why, status));
        ended.complete(status);
    }

    private CompletableFuture<MediaStreamMessage> trySend(long timestamp, ByteBuffer content, List<Inference> upstream) {
        requireOpenAndRoom();
        MediaSample.Builder sample = MediaSample.newBuilder().setTimestamp(timestamp).addAllInferences(upstream);
        Optional<SharedMemorySender.Slot> slot = Optional.empty();
        if (content != null && memory == null) {
            sample.setContentBytes(ContentBytes.newBuilder().setBytes(UnsafeByteOperations.unsafeWrap(content.duplicate())));
        } else if (content != null) {
            slot = Optional.of(slotOf(content));
            sample.setContentReference(ContentReference.newBuilder()
                    .setAddressOffset(slot.get().offset()).setLengthBytes(slot.get().length()));
        }
        return send(sample, slot, content == null ? 0 : content.remaining());
    }

    private SharedMemorySender.Slot slotOf(ByteBuffer content) {
        if (content.remaining() > memory.lengthBytes()) {
            // no use in waiting for room
            throw new UnansweredException(
                    "the sample was not sent: a frame of " + content.remaining() + " bytes is larger than the shared memory of "
                                          + memory.lengthBytes() + " bytes; make the buffer larger",
                    Status.FAILED_PRECONDITION);
        }
        try {
            return memory.write(content).orElseThrow(() -> new NoRoomException(
                    "the sample was not sent: no room in shared memory for a frame of " + content.remaining() + " bytes: "
                                                                               + memory.freeBytes() + " of " + memory.lengthBytes()
                                                                               + " bytes are free; make the buffer larger, or keep fewer frames in flight"));
        } catch (IOException e) {
            // a session that ended meanwhile has closed the buffer
            requireOpenAndRoom();
            throw new UnansweredException(
                    "the sample was not sent: " + e.getMessage(), Status.RESOURCE_EXHAUSTED.withCause(e));
        }
    }

    private synchronized CompletableFuture<MediaStreamMessage> send(
            MediaSample.Builder sample, Optional<SharedMemorySender.Slot> slot, int contentBytes) {
        try {
            // again, since others may have sent while the frame was written to its slot
            requireOpenAndRoom();
        } catch (UnansweredException e) {
            slot.ifPresent(SharedMemorySender.Slot::release);
            throw e;
        }
        CompletableFuture<MediaStreamMessage> answer = new CompletableFuture<>();
        long number = ++lastSent;
        unanswered.put(number, new Unanswered(answer, slot, timer(number), System.nanoTime()));
        counts.sampleBegan(contentBytes);
        line.send(MediaStreamMessage.newBuilder().setSequenceNumber(number).setMediaSample(sample).build());
        return answer;
    }

    private synchronized void requireOpenAndRoom() {
        if (endStatus != null) {
            throw new UnansweredException("the sample was not sent: the session has ended: " + describe(endStatus), endStatus);
        }
        if (finishing) {
            throw new UnansweredException("the sample was not sent: the session is finishing", Status.CANCELLED);
        }
        if (isFull()) {
            throw new NoRoomException("the sample was not sent: " + (stuck == 0
                    ? maxInFlight + " samples are unanswered, which is the most allowed in flight"
                    : "the extension does not take what was sent before: " + stuck
                      + " samples that were given up still wait to leave"));
        }
    }

    private synchronized long timesRoomWasMade() {
        return roomMade;
    }

    /** Whether room was made since it was seen last, waiting for that until the deadline. */
    private synchronized boolean awaitRoomMade(long seen, long deadlineNanos) throws InterruptedException {
        while (roomMade == seen) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private boolean isFull() {
        return unanswered.size() + stuck >= maxInFlight;
    }

    private CompletableFuture<Void> timer(long number) {
        CompletableFuture<Void> timer = new CompletableFuture<Void>()
                .completeOnTimeout(null, responseTimeout.toMillis(), TimeUnit.MILLISECONDS);
        timer.thenRunAsync(() -> giveUp(number));
        return timer;
    }

    private void giveUp(long number) {
        Unanswered lost;
        synchronized (this) {
            lost = take(number);
            if (lost != null) {
                counts.failed(lost.ageNanos(), unansweredInTime(number));
                stuck += line.isReady() ? 0 : 1;
            }
        }
        if (lost != null) {
            lost.answer().completeExceptionally(new UnansweredException(unansweredInTime(number), Status.DEADLINE_EXCEEDED));
        }
    }

    private String describeFormat() {
        if (!descriptor.getMediaDescriptor().hasVideoFrameSampleFormat()) {
            return "inferences only";
        }
        VideoFrameSampleFormat format = descriptor.getMediaDescriptor().getVideoFrameSampleFormat();
        return format.getEncoding() + (format.getEncoding() == Encoding.RAW ? " " + format.getPixelFormat() : "") + " "
               + format.getDimensions().getWidth() + "x" + format.getDimensions().getHeight();
    }

    private String unansweredInTime(long number) {
        return "sample " + number + " was not answered within " + responseTimeout.toMillis() + " ms";
    }

    private synchronized Unanswered takeAnswered(long number) {
        Unanswered answered = take(number);
        if (answered != null) {
            counts.answered(answered.ageNanos());
        }
        return answered;
    }

    /** Takes a sample off the list; its slot is free before anybody is told that there is room. */
    private synchronized Unanswered take(long number) {
        Unanswered taken = unanswered.remove(number);
        if (taken != null) {
            taken.free();
            roomMade++;
            notifyAll();
        }
        return taken;
    }

    /** A status as users read it. */
    public static String describe(Status status) {
        String code = status.getCode().toString();
        String said = status.getDescription() == null ? code : code + ": " + status.getDescription() + reason(status.getCause());
        return switch (status.getCode()) {
            case OK -> "the extension closed it without an error";
            // a node never cancels: this is how gRPC reports a stream that the other side reset without a word
            case CANCELLED -> "the extension broke it off: it may have stopped, or found a message too large (" + said + ")";
            default -> said;
        };
    }

    /** gRPC says "io exception"; that the connection was refused is further down. */
    private static String reason(Throwable cause) {
        Throwable root = cause;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root == null || root.getMessage() == null ? "" : " (" + root.getMessage() + ")";
    }
}
