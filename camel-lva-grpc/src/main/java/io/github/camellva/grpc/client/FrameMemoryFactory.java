package io.github.camellva.grpc.client;

import java.io.IOException;

import io.github.camellva.grpc.media.FrameMemory;

/** Makes shared memory, one buffer for each session. */
@FunctionalInterface
public interface FrameMemoryFactory {

    /** @throws IOException saying what cannot be made where, and why */
    FrameMemory make() throws IOException;
}
