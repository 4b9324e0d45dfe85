package io.github.camellva.grpc.stream;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import com.google.protobuf.ByteString;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import org.jspecify.annotations.Nullable;

/**
 * One sample from its receipt to its acknowledgement: a picture, what is known of it, and in the end what was found in it.
 * <p>
 * The session owns it until a thread begins to run it; from then on the handler does, see {@link FrameHandler}. Completing and
 * releasing it is safe on any thread.
 */
public final class Frame extends SecondTries.SecondTry implements Runnable {

    private enum State {
        /** In the session, for room in the route. */
        WAITING,
        /** For a thread of the route. */
        IN_ROUTE,
        /** The route has it. */
        BEGUN,
        /** Processed, failed or skipped. */
        COMPLETED
    }

    /** In place of objects of their own: there is one of these per frame. */
    private static final AtomicReferenceFieldUpdater<Frame, State> STATE
            = AtomicReferenceFieldUpdater.newUpdater(Frame.class, State.class, "state");
    private static final AtomicIntegerFieldUpdater<Frame> RELEASED
            = AtomicIntegerFieldUpdater.newUpdater(Frame.class, "released");

    private final SampleFlow samples;
    private final SessionDescription description;
    private final long sequenceNumber;
    private final long timestamp;
    private final DataTransfer dataTransfer;
    private final long receivedNanos;
    private final int embeddedBytes;
    private final @Nullable SharedMemory memory;
    private volatile State state = State.WAITING;
    private volatile int released;
    /** Null once released: a frame that waits for its answer to be sent must not hold a picture. */
    private volatile @Nullable MediaSample sample;
    /** What the node is told; null until that is decided. Confined to the session. */
    private @Nullable Reply reply;
    /** Confined to the session. */
    private boolean leftRoute;
    /** Whether its embedded content has been read ahead of the route. Confined to the session. */
    private boolean ahead;

    /** @param memory of the session, held by this frame until it is released; null when it has none */
    Frame(SampleFlow samples, SessionDescription description, long sequenceNumber, MediaSample sample,
          @Nullable SharedMemory memory, long receivedNanos) {
        this.samples = samples;
        this.description = description;
        this.sequenceNumber = sequenceNumber;
        this.timestamp = sample.getTimestamp();
        this.dataTransfer = transferOf(sample);
        this.receivedNanos = receivedNanos;
        this.embeddedBytes = sample.getContentBytes().getBytes().size();
        this.ahead = embeddedBytes > 0;
        this.sample = sample;
        this.memory = memory;
        if (memory != null) {
            memory.retain();
        }
    }

    public SessionDescription session() {
        return description;
    }

    /** The number of the node's message; unsigned. */
    public long sequenceNumber() {
        return sequenceNumber;
    }

    /** Ticks; see {@link SessionDescription#timescale()}. Unsigned. */
    public long timestamp() {
        return timestamp;
    }

    public DataTransfer dataTransfer() {
        return dataTransfer;
    }

    /** What earlier steps of the pipeline found. */
    public List<Inference> inferences() {
        return unreleased().getInferencesList();
    }

    /**
     * The picture: a read-only buffer, position 0, limit the frame's length; null for a sample without content. To be called once,
     * since it reads shared memory.
     *
     * @throws FrameException if the content is not the frame that the descriptor announced
     */
    public @Nullable ByteBuffer content() throws FrameException {
        MediaSample current = unreleased();
        return switch (current.getContentCase()) {
            case CONTENT_BYTES -> embedded(current.getContentBytes().getBytes());
            case CONTENT_REFERENCE -> shared(current.getContentReference());
            case CONTENT_NOT_SET -> null;
        };
    }

    /**
     * The frame has been processed.
     *
     * @param  inferences            empty when nothing was found
     * @throws IllegalStateException if it was completed before
     */
    public void answer(List<Inference> inferences) {
        List<Inference> copy = List.copyOf(inferences);
        complete();
        try {
            samples.onAnswered(this, copy);
        } catch (Throwable e) {
            samples.tryAgain(this);
            throw e;
        }
    }

    /**
     * The frame could not be processed.
     *
     * @throws IllegalStateException if it was completed before
     */
    public void fail(Throwable cause) {
        complete();
        try {
            samples.onFailed(this, cause);
        } catch (Throwable e) {
            samples.tryAgain(this);
            throw e;
        }
    }

    /**
     * The frame could not be processed, and the route has handled that: the session goes on, whatever {@link OnFailure} says.
     *
     * @throws IllegalStateException if it was completed before
     */
    public void failHandled(Throwable cause) {
        complete();
        try {
            samples.onFailureHandled(this, cause);
        } catch (Throwable e) {
            samples.tryAgain(this);
            throw e;
        }
    }

    /**
     * Nobody has looked at the frame, and nothing went wrong.
     *
     * @throws IllegalStateException if it was completed before
     */
    public void notProcessed() {
        complete();
        try {
            samples.onDropped(this);
        } catch (Throwable e) {
            samples.tryAgain(this);
            throw e;
        }
    }

    /** Nobody reads the frame any more. A second call does nothing. */
    public void release() {
        if (RELEASED.compareAndSet(this, 0, 1)) {
            sample = null;
            if (memory != null) {
                memory.release();
            }
        }
    }

    /** Goes into the route, on a thread of the executor, unless the session is over by now. */
    @Override
    public void run() {
        try {
            if (samples.isClosed()) {
                complete();
                release();
                samples.onDropped(this);
            } else if (begin()) {
                samples.handler().onFrame(this);
            }
        } catch (Throwable e) {
            abandon(e);
        }
    }

    /** Fails the frame unless it is complete, and releases it unless it is released. */
    public void abandon(Throwable cause) {
        try {
            if (state != State.COMPLETED) {
                fail(cause);
            }
        } finally {
            release();
        }
    }

    /** The session hands it over to the executor. */
    void enterRoute() {
        state = State.IN_ROUTE;
    }

    /** The session leaves it out. */
    void skip() {
        state = State.COMPLETED;
        release();
    }

    /** Its completion could not be told to the session, for want of memory. */
    @Override
    void again() {
        samples.onLost(this);
    }

    /** Whether it is the first time that the session hears of its end. */
    boolean leaveRoute() {
        boolean first = !leftRoute;
        leftRoute = true;
        return first;
    }

    /** Keeps the first: a session that had to end may have replied for the route already. */
    void reply(Reply decided) {
        if (reply == null) {
            reply = decided;
        }
    }

    @Nullable Reply reply() {
        return reply;
    }

    /** Since it came. */
    public long ageNanos(long now) {
        return now - receivedNanos;
    }

    int embeddedBytes() {
        return embeddedBytes;
    }

    /** The length of the picture; 0 for a sample without content, and for a reference to what cannot be a frame. */
    long contentBytes() {
        return dataTransfer == DataTransfer.SHARED_MEMORY ? sharedBytes(unreleased().getContentReference()) : embeddedBytes;
    }

    /** Whether it was read ahead of the route until now, which it is no longer. */
    boolean endAhead() {
        boolean was = ahead;
        ahead = false;
        return was;
    }

    /** False for a frame that was given up when its thread could not be had, and is run all the same. */
    private boolean begin() {
        if (!STATE.compareAndSet(this, State.IN_ROUTE, State.BEGUN)) {
            return false;
        }
        if (embeddedBytes > 0) {
            samples.onBegun(this);
        }
        return true;
    }

    private void complete() {
        if (STATE.getAndSet(this, State.COMPLETED) == State.COMPLETED) {
            throw new IllegalStateException("sample " + Long.toUnsignedString(sequenceNumber) + " is complete already");
        }
    }

    private MediaSample unreleased() {
        MediaSample current = sample;
        if (current == null) {
            throw new IllegalStateException("sample " + Long.toUnsignedString(sequenceNumber) + " is released already");
        }
        return current;
    }

    private ByteBuffer embedded(ByteString bytes) throws FrameException {
        int length = format().frameBytesOf(bytes.size());
        return bytes.asReadOnlyByteBuffer().slice(0, length);
    }

    private int sharedBytes(ContentReference reference) {
        try {
            int length = format().frameBytesOf(reference.getLengthBytes());
            return memory != null && memory.contains(reference.getAddressOffset(), length) ? length : 0;
        } catch (FrameException e) {
            // its message comes when the frame is read
            return 0;
        }
    }

    private ByteBuffer shared(ContentReference reference) throws FrameException {
        if (memory == null) {
            throw new FrameException(
                    "the sample refers to shared memory, and the descriptor of its session offered none; announce"
                                     + " shared_memory_buffer_transfer_properties or embed the content");
        }
        return memory.read(reference.getAddressOffset(), format().frameBytesOf(reference.getLengthBytes()));
    }

    private SampleFormat format() throws FrameException {
        return description.format().orElseThrow(() -> new FrameException(
                "the sample has content, and the descriptor of its session announced no sample format; announce"
                                                                         + " video_frame_sample_format or send inferences only"));
    }

    private static DataTransfer transferOf(MediaSample sample) {
        return switch (sample.getContentCase()) {
            case CONTENT_BYTES -> DataTransfer.EMBEDDED;
            case CONTENT_REFERENCE -> DataTransfer.SHARED_MEMORY;
            case CONTENT_NOT_SET -> DataTransfer.NONE;
        };
    }
}
