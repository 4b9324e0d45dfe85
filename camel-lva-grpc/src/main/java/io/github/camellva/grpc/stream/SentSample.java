package io.github.camellva.grpc.stream;

import java.util.concurrent.CompletableFuture;

import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.proto.MediaStreamMessage;
import org.jspecify.annotations.Nullable;

/** A sample on its way to an extension and back. Its state is guarded by the session's lock. */
final class SentSample {

    private final CompletableFuture<MediaStreamMessage> answer = new CompletableFuture<>();
    private final FrameMemory.@Nullable Slot slot;
    private final long sentNanos;
    private boolean tracked;

    /** @param slot that holds its frame; null when there is none */
    SentSample(FrameMemory.@Nullable Slot slot, long sentNanos) {
        this.slot = slot;
        this.sentNanos = sentNanos;
    }

    CompletableFuture<MediaStreamMessage> answer() {
        return answer;
    }

    long sentNanos() {
        return sentNanos;
    }

    long ageNanos(long now) {
        return now - sentNanos;
    }

    /** The session has it, and frees its slot from now on. */
    void track() {
        tracked = true;
    }

    boolean isTracked() {
        return tracked;
    }

    boolean hasSlot() {
        return slot != null;
    }

    /** It is no longer under way: its region may be written again. */
    void free() {
        if (slot != null) {
            slot.release();
        }
    }
}
