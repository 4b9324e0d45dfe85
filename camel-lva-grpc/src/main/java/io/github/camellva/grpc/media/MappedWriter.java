package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Set;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a file through a mapping where that is safe, which takes a third of the time of a positioned write. In a full file system
 * or behind the end of a truncated file, the mapping has no page to write to: so only pages are written through it that a
 * positioned write has filled before, and only while the file has its length. Safe for use by many threads.
 */
final class MappedWriter implements AutoCloseable {

    /** The smallest page of all systems; pages that are larger are filled with their first part. */
    private static final int PAGE_BYTES = 4096;
    private static final Set<OpenOption> EXISTING = Set.of(
            StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final PositionedFile file;
    private final int lengthBytes;
    /** Null when faults could not be told. */
    private final @Nullable Mapping mapping;
    @GuardedBy("this")
    private final BitSet filled = new BitSet();

    private MappedWriter(PositionedFile file, int lengthBytes, @Nullable Mapping mapping) {
        this.file = file;
        this.lengthBytes = lengthBytes;
        this.mapping = mapping;
    }

    /**
     * Maps a file that has its length already. The process loses its locks on the file.
     *
     * @param file the same file, which the caller closes
     */
    static MappedWriter open(Path path, PositionedFile file, int lengthBytes) throws IOException {
        if (!Mapping.failsAtTheAccess()) {
            return new MappedWriter(file, lengthBytes, null);
        }
        try (FileChannel channel = FileChannel.open(path, EXISTING)) {
            return new MappedWriter(file, lengthBytes, Mapping.open(channel, MapMode.READ_WRITE, lengthBytes));
        }
    }

    /** Writes the buffer from its position to its limit, and moves its position. */
    void write(ByteBuffer bytes, int offset) throws IOException {
        int length = bytes.remaining();
        if (mapping != null && isFilled(offset, length)) {
            if (writeMapped(mapping, bytes, offset)) {
                return;
            }
            forgetAll();
        }
        file.write(bytes, offset);
        fill(offset, length);
    }

    /** Call it when nobody writes any more. */
    @Override
    public void close() {
        if (mapping != null) {
            mapping.close();
        }
    }

    /** False, and nothing that counts is written, if somebody has truncated the file. */
    private boolean writeMapped(Mapping to, ByteBuffer bytes, int offset) throws IOException {
        if (!isWhole()) {
            return false;
        }
        try {
            to.bytes().put(offset, bytes, bytes.position(), bytes.remaining());
        } catch (InternalError e) {
            // truncated just now: this is how the JVM tells of a page that is not there
            return false;
        }
        return isWhole();
    }

    private boolean isWhole() throws IOException {
        return file.size() >= lengthBytes;
    }

    private synchronized boolean isFilled(int offset, int length) {
        int firstPage = offset / PAGE_BYTES;
        return filled.nextClearBit(firstPage) > lastPage(offset, length);
    }

    private synchronized void fill(int offset, int length) {
        filled.set(offset / PAGE_BYTES, lastPage(offset, length) + 1);
    }

    private synchronized void forgetAll() {
        filled.clear();
    }

    private static int lastPage(int offset, int length) {
        return (offset + length - 1) / PAGE_BYTES;
    }
}
