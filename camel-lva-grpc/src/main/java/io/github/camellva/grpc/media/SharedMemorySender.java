package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * The node's side of a shared memory buffer: creates the file, writes frames into free slots of it, and removes the file when
 * it closes. Safe for use by many threads.
 */
public final class SharedMemorySender implements FrameMemory {

    private static final String PREFIX = "lvagrpc-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,9})-.+");
    private static final long CLEANING_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Set<OpenOption> NEW = Set.of(
            StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<OpenOption> EXISTING = Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    /** The files of this process, which cannot tell its own locks from none. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    /** Locked while the buffer is in use, so that other processes can tell that it is. */
    private final PositionedFile file;
    private final MappedWriter writer;
    private final int lengthBytes;
    @GuardedBy("this")
    private final SlotAllocator slots;

    private SharedMemorySender(Path path, PositionedFile file, MappedWriter writer, int lengthBytes) {
        this.path = path;
        this.file = file;
        this.writer = writer;
        this.lengthBytes = lengthBytes;
        this.slots = new SlotAllocator(lengthBytes);
    }

    /**
     * Creates a buffer with a name that no other has.
     *
     * @param  directory   {@code /dev/shm} on Linux
     * @param  lengthBytes room for all frames that are in flight at once; memory is taken when frames first need it
     * @param  permissions who may open the file; published extensions open it for writing, often under another uid
     * @throws IOException if the file cannot be created
     */
    public static SharedMemorySender create(Path directory, int lengthBytes, Set<PosixFilePermission> permissions)
            throws IOException {
        Path path = directory.resolve(PREFIX + ProcessHandle.current().pid() + "-" + UUID.randomUUID());
        OPEN.add(path);
        PositionedFile file = null;
        MappedWriter writer = null;
        try {
            file = createFile(path, permissions);
            PositionedFile created = file;
            // the last byte makes the file as long as announced
            guard(1, path, () -> created.write(ByteBuffer.allocate(1), lengthBytes - 1));
            writer = MappedWriter.open(path, file, lengthBytes);
            file.tryLock();
            return new SharedMemorySender(path, file, writer, lengthBytes);
        } catch (Throwable e) {
            remove(path, file, writer);
            throw e;
        }
    }

    /** The file never has more permissions than asked for, not even for a moment; those that the umask took are added. */
    private static PositionedFile createFile(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) == null) {
            return PositionedFile.open(path, NEW);
        }
        PositionedFile file = PositionedFile.open(path, NEW, PosixFilePermissions.asFileAttribute(permissions));
        try {
            Files.setPosixFilePermissions(path, permissions);
            return file;
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    /**
     * Removes the buffers that dead processes left behind, as many as it gets to within five seconds: others may put any number
     * of files there, and make each of them slow to open.
     *
     * @return             how many it removed
     * @throws IOException if the directory cannot be read
     */
    public static int removeStale(Path directory) throws IOException {
        int removed = 0;
        long start = System.nanoTime();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                if (System.nanoTime() - start > CLEANING_NANOS) {
                    break;
                }
                removed += removeIfStale(file) ? 1 : 0;
            }
        }
        return removed;
    }

    private static boolean removeIfStale(Path file) {
        if (!isOfDeadProcess(file)) {
            return false;
        }
        try (PositionedFile stale = GuardedOpening.open(file, () -> PositionedFile.open(file, EXISTING))) {
            return stale.tryLock() && Files.deleteIfExists(file);
        } catch (IOException | OverlappingFileLockException e) {
            // somebody else's, or gone by now
            return false;
        }
    }

    /**
     * The lock alone is not enough: a process loses it when it closes any other channel on the file. Nor is the pid: in another
     * container it can be another process's, or this one's.
     */
    private static boolean isOfDeadProcess(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches() || OPEN.contains(file)) {
            return false;
        }
        long pid = Long.parseLong(name.group(1));
        return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    private static void remove(Path path, @Nullable PositionedFile file, @Nullable MappedWriter writer) throws IOException {
        try (file; writer) {
            Files.deleteIfExists(path);
        } finally {
            OPEN.remove(path);
        }
    }

    @Override
    public String handleName() {
        return path.getFileName().toString();
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
    public Optional<Slot> write(ByteBuffer frame) throws IOException {
        int length = frame.remaining();
        if (length == 0) {
            throw new IllegalArgumentException("a frame without bytes needs no slot");
        }
        OptionalLong offset = allocate(length);
        if (offset.isEmpty()) {
            return Optional.empty();
        }
        try {
            guard(length, path, () -> writer.write(frame.duplicate(), (int) offset.getAsLong()));
            return Optional.of(new Region(offset.getAsLong(), length, this::free));
        } catch (Throwable e) {
            free(offset.getAsLong());
            throw e;
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    /** Says what a failed write means. */
    private static void guard(int length, Path path, Write write) throws IOException {
        try {
            write.run();
        } catch (ClosedChannelException | IllegalStateException e) {
            // the latter is a mapping's that was closed meanwhile
            throw new IOException("shared memory " + path + " is closed", e);
        } catch (IOException e) {
            throw new IOException(
                    length + " bytes cannot be written to shared memory " + path + ": " + e.getMessage()
                                  + "; if its file system is full, enlarge it (Docker: --shm-size), lower sharedMemorySizeMiB,"
                                  + " or keep fewer frames in flight",
                    e);
        }
    }

    private synchronized OptionalLong allocate(int length) {
        return slots.allocate(length);
    }

    private synchronized void free(long offset) {
        slots.free(offset);
    }

    @Override
    public void close() throws IOException {
        remove(path, file, writer);
    }
}
