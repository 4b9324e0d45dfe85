package io.github.camellva.grpc.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

import com.google.protobuf.UnsafeByteOperations;
import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Where the frames of a node's session travel: in the messages, or in shared memory.
 *
 * @param memory null to embed frames in messages
 */
record SampleContents(@Nullable FrameMemory memory) {

    /** The descriptor with what it has to say of shared memory. */
    MediaStreamDescriptor describe(MediaStreamDescriptor descriptor) {
        return memory == null
                ? descriptor
                : descriptor.toBuilder().setSharedMemoryBufferTransferProperties(
                        SharedMemoryBufferTransferProperties.newBuilder()
                                .setHandleName(memory.handleName())
                                .setLengthBytes(memory.lengthBytes()))
                        .build();
    }

    DataTransfer transfer() {
        return memory == null ? DataTransfer.EMBEDDED : DataTransfer.SHARED_MEMORY;
    }

    boolean areShared() {
        return memory != null;
    }

    static void embed(ByteBuffer frame, MediaSample.Builder sample) {
        sample.setContentBytes(ContentBytes.newBuilder().setBytes(UnsafeByteOperations.unsafeWrap(frame.duplicate())));
    }

    static void refer(FrameMemory.Slot slot, MediaSample.Builder sample) {
        sample.setContentReference(ContentReference.newBuilder().setAddressOffset(slot.offset()).setLengthBytes(slot.length()));
    }

    /**
     * Writes a frame into shared memory.
     *
     * @return                     empty when there is no room now
     * @throws UnansweredException if there never will be
     * @throws IOException         if the frame cannot be written
     */
    Optional<FrameMemory.Slot> write(ByteBuffer frame) throws IOException {
        if (frame.remaining() > memory.lengthBytes()) {
            throw new UnansweredException(
                    "the sample was not sent: a frame of " + frame.remaining() + " bytes is larger than the shared memory of "
                                          + memory.lengthBytes() + " bytes; make the buffer larger",
                    Status.FAILED_PRECONDITION);
        }
        return memory.write(frame);
    }

    NoRoomException noRoomFor(ByteBuffer frame) {
        return new NoRoomException(
                "the sample was not sent: no room in shared memory for a frame of " + frame.remaining() + " bytes: "
                                   + memory.freeBytes() + " of " + memory.lengthBytes()
                                   + " bytes are free; make the buffer larger, or keep fewer frames in flight");
    }
}
