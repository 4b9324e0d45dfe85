package io.github.camellva.grpc.client;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.stream.UnansweredException;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Makes and removes the shared memory of a pool's sessions; null stands for that of sessions that embed their frames. */
final class FrameMemories {

    private final @Nullable FrameMemoryFactory factory;
    private final Executor files;
    private final RateLimitedLog log;

    /** @param files runs what removes files, which is not for gRPC's threads */
    FrameMemories(@Nullable FrameMemoryFactory factory, Executor files, RateLimitedLog log) {
        this.factory = factory;
        this.files = files;
        this.log = log;
    }

    /** @throws UnansweredException saying why it cannot be made */
    @Nullable FrameMemory make() {
        if (factory == null) {
            return null;
        }
        try {
            return factory.make();
        } catch (IOException e) {
            throw new UnansweredException(
                    "shared memory cannot be made: " + e.getMessage(), Status.FAILED_PRECONDITION.withCause(e));
        }
    }

    void close(@Nullable FrameMemory memory) {
        if (memory == null) {
            return;
        }
        try {
            memory.close();
        } catch (IOException e) {
            log.warn("Shared memory {} cannot be removed: {}", memory.handleName(), e.getMessage());
        }
    }

    /** Removing a large file takes its time. */
    void closeElsewhere(@Nullable FrameMemory memory) {
        if (memory == null) {
            return;
        }
        try {
            files.execute(() -> close(memory));
        } catch (RejectedExecutionException e) {
            close(memory);
        }
    }
}
