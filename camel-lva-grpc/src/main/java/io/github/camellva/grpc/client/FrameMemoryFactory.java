package io.github.camellva.grpc.client;

import java.io.IOException;

import io.github.camellva.grpc.media.FrameMemory;

/** Creates shared memory, one buffer per session. */
@FunctionalInterface
public interface FrameMemoryFactory {

    /** @throws IOException saying what cannot be created where, and why */
    FrameMemory make() throws IOException;
}
