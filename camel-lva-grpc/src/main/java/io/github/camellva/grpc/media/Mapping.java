package io.github.camellva.grpc.media;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.concurrent.atomic.AtomicLong;

/** A file that is mapped into memory until it is closed. */
final class Mapping implements AutoCloseable {

    /** From Java 22 on, no larger mapping can be viewed as a buffer. */
    static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final ByteBuffer mapped;
    private final AutoCloseable unmapping;

    private Mapping(ByteBuffer mapped, AutoCloseable unmapping) {
        this.mapped = mapped;
        this.unmapping = unmapping;
    }

    /** Whether mappings that were closed leave room for another. */
    static boolean mayMap() {
        return Arenas.AVAILABLE || Leftovers.areFew();
    }

    /**
     * Whether an access to a page that is not there fails where it happens. Before Java 22 the error comes at any later moment,
     * wherever the thread is by then.
     */
    static boolean failsAtTheAccess() {
        return Arenas.AVAILABLE;
    }

    /**
     * Maps the file from its begin; the mapping outlives the channel.
     *
     * @param size {@link #MOST_BYTES} at most
     */
    static Mapping open(FileChannel channel, MapMode mode, long size) throws IOException {
        return Arenas.AVAILABLE ? Arenas.map(channel, mode, size) : Leftovers.map(channel, mode, size);
    }

    /** The bytes of the file, in a buffer that is not to be moved. */
    ByteBuffer bytes() {
        return mapped;
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

        static Mapping map(FileChannel channel, MapMode mode, long size) throws IOException {
            ByteBuffer mapped = channel.map(mode, 0, size);
            return new Mapping(mapped, () -> leave(mapped));
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

        static Mapping map(FileChannel channel, MapMode mode, long size) throws IOException {
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
                    Object segment = map.invoke(channel, mode, 0L, size, arena);
                    return new Mapping((ByteBuffer) asByteBuffer.invoke(segment), arena);
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
