package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** How the frames in a shared memory buffer are read. */
public enum SharedMemoryAccess {

    /** Every frame is copied once into memory of its own: what the sender does to the file later cannot touch it. */
    COPY {
        @Override
        RegionReader reader(FileChannel channel, long lengthBytes) {
            return new CopyingReader(channel);
        }
    },

    /** Every frame is a view of the mapped file: no copy, for senders that are trusted not to truncate it. */
    MAP {
        @Override
        RegionReader reader(FileChannel channel, long lengthBytes) throws IOException {
            return MappedReader.of(channel, lengthBytes);
        }
    };

    /**
     * A reader that owns the channel.
     *
     * @param lengthBytes bytes of the buffer as announced
     */
    abstract RegionReader reader(FileChannel channel, long lengthBytes) throws IOException;
}
