package io.github.camellva.grpc.media;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The node's side of a shared memory buffer, with room for several frames; closing removes it. Safe for use by many threads. */
public interface FrameMemory extends Closeable {

    /** The name for the descriptor. */
    String handleName();

    /** Bytes of the buffer, for the descriptor. */
    int lengthBytes();

    /** Bytes that no slot holds. */
    long freeBytes();

    /**
     * Writes a frame into a free slot.
     *
     * @param  frame       its remaining bytes are written; its position does not change
     * @return             the slot, which the caller releases when the frame has been acknowledged; or empty when no slot is long enough
     * @throws IOException if the frame cannot be written, as when the file system is full; no slot is taken then
     */
    Optional<Slot> write(ByteBuffer frame) throws IOException;

    /** A region that holds one frame. */
    interface Slot {

        /** Where the region begins, bytes. */
        long offset();

        /** Bytes. */
        long length();

        /** The region may be written again; a second call does nothing. */
        void release();
    }
}
