package io.github.camellva.grpc.client;

import io.github.camellva.grpc.media.FrameMemory;
import io.github.camellva.grpc.stream.NodeSession;
import io.github.camellva.proto.MediaStreamDescriptor;
import org.jspecify.annotations.Nullable;

/** Opens the sessions of a pool. */
@FunctionalInterface
public interface SessionOpener {

    /**
     * @param memory for the frames; null to embed them in messages. The caller keeps it, and closes it after the session's end
     */
    NodeSession open(MediaStreamDescriptor descriptor, @Nullable FrameMemory memory);
}
