package io.github.camellva.tools.record;

import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one message. Those of a large one stay in the network's buffers until it is released; those of a small one are
 * copied, so that it does not keep a whole buffer. For one thread at a time.
 */
final class Payload {

    /** Copying fewer bytes costs less than keeping their buffers. */
    private static final int MAX_COPIED_BYTES = Recorder.MAX_ESSENTIAL_BYTES;

    private final int length;
    private final Recorder recorder;
    private final List<ByteBuf> parts = new ArrayList<>();
    private @Nullable ByteBuf copy;
    private @Nullable ByteBuf lastChunk;
    /** Of the recorder's memory. */
    private long room;

    /** @param length of the message that is coming */
    Payload(int length, Recorder recorder) {
        this.length = length;
        this.recorder = recorder;
    }

    /** Adds what has come of it; false if there is no room for it. */
    boolean add(ByteBuf chunk, int from, int bytes) {
        return isCopied() ? addCopy(chunk, from, bytes) : addPart(chunk, from, bytes);
    }

    /** Whether its bytes are valid after {@link #release}, too. */
    boolean isCopied() {
        return length <= MAX_COPIED_BYTES;
    }

    /** Without a copy. */
    ByteString bytes() {
        if (copy != null) {
            return UnsafeByteOperations.unsafeWrap(copy.nioBuffer());
        }
        ByteString bytes = ByteString.EMPTY;
        for (ByteBuf part : parts) {
            bytes = bytes.concat(UnsafeByteOperations.unsafeWrap(part.nioBuffer()));
        }
        return bytes;
    }

    /** Gives back buffers and room; once more does nothing. */
    void release() {
        parts.forEach(ByteBuf::release);
        parts.clear();
        lastChunk = null;
        recorder.giveRoom(room);
        room = 0;
    }

    private boolean addCopy(ByteBuf chunk, int from, int bytes) {
        if (copy == null) {
            if (!recorder.takeReserve(length)) {
                return false;
            }
            room = length;
            copy = Unpooled.buffer(length);
        }
        copy.writeBytes(chunk, from, bytes);
        return true;
    }

    private boolean addPart(ByteBuf chunk, int from, int bytes) {
        // the whole chunk stays in memory for the sake of its part
        if (chunk != lastChunk) {
            if (!recorder.takeRoom(chunk.capacity())) {
                return false;
            }
            room += chunk.capacity();
            lastChunk = chunk;
        }
        parts.add(chunk.retainedSlice(from, bytes));
        return true;
    }
}
