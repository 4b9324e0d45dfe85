package io.github.camellva.grpc.media;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * Hands out views of a mapped file. On Java 22 and newer the file is unmapped when this is closed; before, the JDK has no
 * supported way to do so and the garbage collector does it.
 */
final class MappedReader implements RegionReader {

    private final ByteBuffer mapped;
    private final AutoCloseable arena;

    private MappedReader(ByteBuffer mapped, AutoCloseable arena) {
        this.mapped = mapped;
        this.arena = arena;
    }

    /** Maps the file as far as it goes; a mapping does not need its channel any more, which is closed. */
    static MappedReader of(FileChannel channel, long lengthBytes) throws IOException {
        try (channel) {
            long size = Math.min(lengthBytes, channel.size());
            if (size > Integer.MAX_VALUE) {
                throw new IOException(
                        "it has " + size + " bytes, and sharedMemoryAccess=map serves at most " + Integer.MAX_VALUE + "; use copy");
            }
            return Arenas.AVAILABLE
                    ? Arenas.map(channel, size)
                    : new MappedReader(channel.map(MapMode.READ_ONLY, 0, size), () -> {
                    });
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
            arena.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot unmap shared memory", e);
        }
    }

    /** java.lang.foreign, which Java 17 does not have, so that it cannot be compiled against. */
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
