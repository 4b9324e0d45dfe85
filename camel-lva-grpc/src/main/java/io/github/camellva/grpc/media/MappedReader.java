package io.github.camellva.grpc.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** Hands out views of a mapped file. */
final class MappedReader implements RegionReader {

    private final Mapping mapping;

    private MappedReader(Mapping mapping) {
        this.mapping = mapping;
    }

    /** Maps the file as far as it goes. */
    static MappedReader open(Path file, long lengthBytes, Set<OpenOption> options) throws IOException {
        try (FileChannel channel = FileChannel.open(file, options)) {
            long size = Math.min(lengthBytes, channel.size());
            if (size > Mapping.MOST_BYTES) {
                throw new IOException(
                        "it has " + size + " bytes, and sharedMemoryAccess=map serves at most " + Mapping.MOST_BYTES + "; use copy");
            }
            return new MappedReader(Mapping.open(channel, MapMode.READ_ONLY, size));
        }
    }

    @Override
    public ByteBuffer read(long offset, int length) throws IOException {
        ByteBuffer mapped = mapping.bytes();
        if (offset > mapped.capacity() - length) {
            throw new EOFException("the file has only " + mapped.capacity() + " bytes");
        }
        return mapped.slice((int) offset, length);
    }

    @Override
    public void close() {
        mapping.close();
    }
}
