package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The node's side of a shared memory buffer: makes the file, writes frames into free slots of it, and removes the file when it
 * is closed. Safe for use by many threads.
 */
public final class SharedMemorySender implements FrameMemory {

    private static final String PREFIX = "lvagrpc-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,9})-.+");
    /** Those of this process, whose locks it could not tell from nobody's. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path file;
    /** Locked as long as this process lives and the buffer is in use, so that others can tell that it is. */
    private final FileChannel channel;
    private final int lengthBytes;
    private final MappedByteBuffer mapped;
    private final SlotAllocator slots;

    private SharedMemorySender(Path file, FileChannel channel, MappedByteBuffer mapped) {
        this.file = file;
        this.channel = channel;
        this.mapped = mapped;
        this.lengthBytes = mapped.capacity();
        this.slots = new SlotAllocator(lengthBytes);
    }

    /**
     * Makes a new buffer, of a name that no other has.
     *
     * @param  directory   {@code /dev/shm} on Linux
     * @param  lengthBytes room for all frames that are under way at once
     * @param  permissions who may open the file; published extensions open it for writing, often under another uid
     * @throws IOException if the file cannot be made
     */
    public static SharedMemorySender create(Path directory, int lengthBytes, Set<PosixFilePermission> permissions)
            throws IOException {
        Path file = directory.resolve(PREFIX + ProcessHandle.current().pid() + "-" + UUID.randomUUID());
        OPEN.add(file);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel.lock();
            // explicitly, since the umask takes away what is asked for at creation
            if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(file, permissions);
            }
            return new SharedMemorySender(file, channel, channel.map(MapMode.READ_WRITE, 0, lengthBytes));
        } catch (IOException | RuntimeException e) {
            remove(file, channel);
            throw e;
        }
    }

    /**
     * Removes the buffers that processes of this kind left behind when they died.
     *
     * @return             how many there were
     * @throws IOException if the directory cannot be read
     */
    public static int removeStale(Path directory) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                removed += isStale(file) && Files.deleteIfExists(file) ? 1 : 0;
            }
        }
        return removed;
    }

    /**
     * A lock that nobody holds is not enough: a process loses its own when it closes any other channel on the file. Nor is the
     * number of the process: in another container it can belong to somebody else, or to oneself.
     */
    private static boolean isStale(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches() || OPEN.contains(file)) {
            return false;
        }
        long pid = Long.parseLong(name.group(1));
        if (pid != ProcessHandle.current().pid() && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            // somebody else's, or gone by now
            return false;
        }
    }

    private static void remove(Path file, FileChannel channel) throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        } finally {
            OPEN.remove(file);
        }
    }

    @Override
    public String handleName() {
        return file.getFileName().toString();
    }

    @Override
    public int lengthBytes() {
        return lengthBytes;
    }

    @Override
    public synchronized long freeBytes() {
        return slots.freeBytes();
    }

    @Override
    public Optional<Slot> write(ByteBuffer frame) {
        int length = frame.remaining();
        if (length == 0) {
            throw new IllegalArgumentException("a frame without bytes needs no slot");
        }
        OptionalLong offset;
        synchronized (this) {
            offset = slots.allocate(length);
        }
        if (offset.isEmpty()) {
            return Optional.empty();
        }
        mapped.put((int) offset.getAsLong(), frame, frame.position(), length);
        return Optional.of(new Region(offset.getAsLong(), length));
    }

    @Override
    public void close() throws IOException {
        remove(file, channel);
    }

    /** A region that holds one frame. */
    private final class Region implements Slot {

        private final long offset;
        private final long length;
        private final AtomicBoolean released = new AtomicBoolean();

        Region(long offset, long length) {
            this.offset = offset;
            this.length = length;
        }

        @Override
        public long offset() {
            return offset;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public void release() {
            if (released.compareAndSet(false, true)) {
                synchronized (SharedMemorySender.this) {
                    slots.free(offset);
                }
            }
        }
    }
}
