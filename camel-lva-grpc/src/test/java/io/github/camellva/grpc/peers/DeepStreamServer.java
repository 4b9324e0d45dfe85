package io.github.camellva.grpc.peers;

import java.nio.file.Path;
import java.util.Optional;

import io.grpc.Status;

/**
 * NVIDIA's DeepStream sample: a reply comes only when a later request arrives; none comes for a frame that its queue has no
 * room for, nor for what is in it at the end of the stream. Says nothing of what it cannot use.
 */
public final class DeepStreamServer extends PublishedServer {

    /** Frames in its queue. */
    public static final int QUEUE = 4;

    private final int idleFrames;

    public DeepStreamServer(Path sharedMemoryDirectory) {
        this(sharedMemoryDirectory, 0);
    }

    private DeepStreamServer(Path sharedMemoryDirectory, int idleFrames) {
        super(sharedMemoryDirectory);
        this.idleFrames = idleFrames;
    }

    /** One whose pipeline only starts to work when so many frames have come. */
    public static DeepStreamServer startingAfter(int frames, Path sharedMemoryDirectory) {
        return new DeepStreamServer(sharedMemoryDirectory, frames);
    }

    @Override
    long numberOf(long index) {
        return index + 1;
    }

    @Override
    int streamsAtOnce() {
        return 3;
    }

    @Override
    Answering answering(Replies replies) {
        return new WithNextRequest(replies, WithNextRequest.Rest.DROPPED, QUEUE, idleFrames);
    }

    @Override
    Optional<Status> descriptorFailed(Exception cause) {
        return Optional.empty();
    }

    @Override
    Optional<Status> sampleFailed(Exception cause) {
        return Optional.empty();
    }
}
