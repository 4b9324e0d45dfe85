package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** How frames are read from a shared memory buffer. */
public enum SharedMemoryAccess {

    /** Each frame is copied once. Nothing that the sender does to the file later can change or harm the copy. */
    COPY {
        @Override
        RegionReader open(Path file, long lengthBytes) throws IOException {
            return CopyingReader.open(file, READ_ONLY);
        }
    },

    /**
     * Each frame is a view of the mapped file, without a copy, for senders that are trusted not to truncate it. Before Java 22,
     * frames are copied while too many closed buffers wait for the garbage collector.
     */
    MAP {
        @Override
        RegionReader open(Path file, long lengthBytes) throws IOException {
            return Mapping.mayMap() ? MappedReader.open(file, lengthBytes, READ_ONLY) : COPY.open(file, lengthBytes);
        }
    };

    private static final Set<OpenOption> READ_ONLY = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    /** @param lengthBytes bytes of the buffer as announced */
    abstract RegionReader open(Path file, long lengthBytes) throws IOException;
}
