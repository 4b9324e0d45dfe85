package io.github.camellva.grpc.stream;

import java.nio.ByteBuffer;
import java.util.List;

import com.google.protobuf.ByteString;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SampleFormat;
import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;

/** One sample that a node sent: a picture, what is known of it, and what earlier steps of the pipeline found in it. */
public final class Frame {

    private final SessionDescription session;
    private final long sequenceNumber;
    private final MediaSample sample;
    private final SharedMemory memory;
    private Runnable onBegun;

    /**
     * @param memory  of the session, held by this frame from here on; null when it has none
     * @param onBegun run once, when the route begins with the frame or nobody will any more
     */
    Frame(SessionDescription session, long sequenceNumber, MediaSample sample, SharedMemory memory, Runnable onBegun) {
        this.session = session;
        this.sequenceNumber = sequenceNumber;
        this.sample = sample;
        this.memory = memory;
        this.onBegun = onBegun;
        if (memory != null) {
            memory.retain();
        }
    }

    public SessionDescription session() {
        return session;
    }

    /** The number of the node's message; unsigned. */
    public long sequenceNumber() {
        return sequenceNumber;
    }

    /** Ticks; see {@link SessionDescription#timescale()}. Unsigned. */
    public long timestamp() {
        return sample.getTimestamp();
    }

    /** What earlier steps of the pipeline found. */
    public List<Inference> inferences() {
        return sample.getInferencesList();
    }

    public DataTransfer dataTransfer() {
        return switch (sample.getContentCase()) {
            case CONTENT_BYTES -> DataTransfer.EMBEDDED;
            case CONTENT_REFERENCE -> DataTransfer.SHARED_MEMORY;
            case CONTENT_NOT_SET -> DataTransfer.NONE;
        };
    }

    /**
     * The picture: a read-only buffer, position 0, limit the frame's length; null for a sample without content. To be called once:
     * shared memory is read now.
     *
     * @throws FrameException if the content is not the frame that the descriptor announced
     */
    public ByteBuffer content() throws FrameException {
        begun();
        return switch (sample.getContentCase()) {
            case CONTENT_BYTES -> embedded(sample.getContentBytes().getBytes());
            case CONTENT_REFERENCE -> shared(sample.getContentReference());
            case CONTENT_NOT_SET -> null;
        };
    }

    /** The length of the picture; 0 for a sample without content, and for a reference to what cannot be a frame. */
    long contentBytes() {
        return switch (sample.getContentCase()) {
            case CONTENT_BYTES -> sample.getContentBytes().getBytes().size();
            case CONTENT_REFERENCE -> sharedBytes(sample.getContentReference());
            case CONTENT_NOT_SET -> 0;
        };
    }

    /** To be called once, when nobody reads the frame any more. */
    public void release() {
        begun();
        if (memory != null) {
            memory.release();
        }
    }

    private void begun() {
        Runnable action = onBegun;
        onBegun = () -> { };
        action.run();
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
        return session.format().orElseThrow(() -> new FrameException(
                "the sample has content, and the descriptor of its session announced no sample format; announce"
                                                                     + " video_frame_sample_format or send inferences only"));
    }
}
