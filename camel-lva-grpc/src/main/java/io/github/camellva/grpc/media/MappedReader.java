package io.github.camellva.grpc.media;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Hands out views of a mapped file. */
final class MappedReader implements RegionReader {

    /** From Java 22 on, no larger mapping can be viewed as a buffer. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final ByteBuffer mapped;
    private final AutoCloseable unmapping;

    private MappedReader(ByteBuffer mapped, AutoCloseable unmapping) {
        this.mapped = mapped;
        this.unmapping = unmapping;
    }

    /** Whether the mappings of closed readers leave room for another. */
    static boolean mayMap() {
        return Arenas.AVAILABLE || Leftovers.areFew();
    }

    /** Maps the file as far as it goes; the mapping outlives the channel. */
    static MappedReader open(Path file, long lengthBytes, Set<OpenOption> options) throws IOException {
        try (FileChannel channel = FileChannel.open(file, options)) {
            long size = Math.min(lengthBytes, channel.size());
            if (size > MOST_BYTES) {
                throw new IOException(
                        "it has " + size + " bytes, and sharedMemoryAccess=map serves at most " + MOST_BYTES + "; use copy");
            }
            return Arenas.AVAILABLE ? Arenas.map(channel, size) : Leftovers.map(channel, size);
        }
    }

    @Override
    public ByteBuffer read(long offset, int length) throws IOException {
        if (offset > mapped.capacity() - length) {
            throw new EOFException("the file has only " + mapped.capacity() + " bytes");
        }
        return mapped.slice((int) offset, length);
    }

    @Override
    public void close() {
        try {
            unmapping.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot unmap shared memory", e);
        }
    }

    /**
     * Before Java 22 the JDK has no supported way to unmap: the garbage collector does it, and until then even a removed file
     * takes its memory. So the bytes that wait for it are bounded.
     */
    private static final class Leftovers {

        /** All of the shared memory that Docker gives a container by default. */
        private static final long TOO_MANY_BYTES = 64 << 20;
        private static final Cleaner COLLECTED = Cleaner.create();
        private static final AtomicLong BYTES = new AtomicLong();

        static boolean areFew() {
            return BYTES.get() < TOO_MANY_BYTES;
        }

        static MappedReader map(FileChannel channel, long size) throws IOException {
            ByteBuffer mapped = channel.map(MapMode.READ_ONLY, 0, size);
            return new MappedReader(mapped, () -> leave(mapped));
        }

        private static void leave(ByteBuffer mapped) {
            long bytes = mapped.capacity();
            BYTES.addAndGet(bytes);
            COLLECTED.register(mapped, () -> BYTES.addAndGet(-bytes));
        }
    }

    /** java.lang.foreign, which Java 17 lacks: it cannot be compiled against. */
    private static final class Arenas {

        static final boolean AVAILABLE = Runtime.version().feature() >= 22;

        static MappedReader map(FileChannel channel, long size) throws IOException {
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                Class<?> arenaType = Class.forName("java.lang.foreign.Arena");
                Class<?> segmentType = Class.forName("java.lang.foreign.MemorySegment");
                MethodHandle ofShared = lookup.findStatic(arenaType, "ofShared", MethodType.methodType(arenaType));
                MethodHandle map = lookup.findVirtual(
                        FileChannel.class, "map",
                        MethodType.methodType(segmentType, MapMode.class, long.class, long.class, arenaType));
                MethodHandle asByteBuffer = lookup.findVirtual(
                        segmentType, "asByteBuffer", MethodType.methodType(ByteBuffer.class));
                AutoCloseable arena = (AutoCloseable) ofShared.invoke();
                try {
                    Object segment = map.invoke(channel, MapMode.READ_ONLY, 0L, size, arena);
                    return new MappedReader((ByteBuffer) asByteBuffer.invoke(segment), arena);
                } catch (Throwable e) {
                    arena.close();
                    throw e;
                }
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("java.lang.foreign is not as expected", e);
            }
        }
    }
}
