package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Shared memory on the heap, both sides of it, in place of a file. */
public final class SimulatedMemory implements FrameMemory {

    private final String handleName;
    private final byte[] bytes;
    private final SlotAllocator slots;
    private final BooleanSupplier fails;
    private final SharedMemoryAccess access;
    private boolean closed;
    private int opened;
    private int readersClosed;

    /** @param fails whether the next write fails with an Error, as one to a file that was truncated does */
    public SimulatedMemory(String handleName, int lengthBytes, SharedMemoryAccess access, BooleanSupplier fails) {
        this.handleName = handleName;
        this.bytes = new byte[lengthBytes];
        this.slots = new SlotAllocator(lengthBytes);
        this.access = access;
        this.fails = fails;
    }

    /** The extension's side. */
    public SharedMemory open() {
        opened++;
        return new SharedMemory(handleName, bytes.length, bytes.length, new RegionReader() {

            @Override
            public ByteBuffer read(long offset, int length) {
                ByteBuffer region = ByteBuffer.wrap(bytes, (int) offset, length).slice();
                return access == SharedMemoryAccess.MAP ? region : ByteBuffer.allocate(length).put(region).flip();
            }

            @Override
            public void close() {
                readersClosed++;
            }
        });
    }

    public boolean isClosed() {
        return closed;
    }

    /** What an extension is told of a buffer that is gone. */
    public static SharedMemoryException missing(String handleName) {
        return SharedMemoryException.unavailable(handleName, "it is gone", null);
    }

    /** Whether everyone who opened it has let it go. */
    public boolean isReleased() {
        return opened == readersClosed;
    }

    @Override
    public String handleName() {
        return handleName;
    }

    @Override
    public int lengthBytes() {
        return bytes.length;
    }

    @Override
    public long freeBytes() {
        return slots.freeBytes();
    }

    @Override
    public Optional<Slot> write(ByteBuffer frame) {
        int length = frame.remaining();
        OptionalLong offset = slots.allocate(length);
        if (offset.isEmpty()) {
            return Optional.empty();
        }
        if (fails.getAsBoolean()) {
            slots.free(offset.getAsLong());
            throw new InternalError("simulated");
        }
        frame.duplicate().get(bytes, (int) offset.getAsLong(), length);
        return Optional.of(new Region(offset.getAsLong(), length, slots::free));
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            throw new IllegalStateException("closed twice");
        }
        closed = true;
    }
}
