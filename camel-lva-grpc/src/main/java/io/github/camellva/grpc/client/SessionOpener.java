package io.github.camellva.grpc.client;

import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.proto.MediaStreamDescriptor;
import org.jspecify.annotations.Nullable;

/** Opens the sessions of a pool. */
@FunctionalInterface
public interface SessionOpener {

    /** @param memory frames go through it; null to embed them in messages. Stays the caller's, to be closed when the session ended */
    NodeSession open(MediaStreamDescriptor descriptor, @Nullable FrameMemory memory);
}
