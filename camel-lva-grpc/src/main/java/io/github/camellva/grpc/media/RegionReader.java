package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads regions of an open shared memory buffer; owns what it reads from. Safe for use by many threads. */
interface RegionReader {

    /**
     * @return             a buffer, position 0, limit {@code length}
     * @throws IOException if the file ends before the region does, or can no longer be read
     */
    ByteBuffer read(long offset, int length) throws IOException;

    /** To be called once, by the last who reads. */
    void close();
}
