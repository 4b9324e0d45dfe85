package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads regions of an open shared memory buffer, which it owns. Safe for use by many threads. */
interface RegionReader extends AutoCloseable {

    /**
     * Reads a region.
     *
     * @return             a buffer with position 0 and limit {@code length}
     * @throws IOException if the file ends before the region does, or can no longer be read
     */
    ByteBuffer read(long offset, int length) throws IOException;

    /** Call it once, when nobody reads any more. */
    @Override
    void close();
}
