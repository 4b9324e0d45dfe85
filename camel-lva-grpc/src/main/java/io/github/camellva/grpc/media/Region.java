package io.github.camellva.grpc.media;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** A slot that is given back once, by its offset. */
final class Region implements FrameMemory.Slot {

    private final long offset;
    private final long length;
    private final LongConsumer owner;
    private final AtomicBoolean released = new AtomicBoolean();

    /** @param owner takes it back */
    Region(long offset, long length, LongConsumer owner) {
        this.offset = offset;
        this.length = length;
        this.owner = owner;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void release() {
        if (released.compareAndSet(false, true)) {
            owner.accept(offset);
        }
    }
}
