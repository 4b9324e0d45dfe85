package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import io.github.camellva.grpc.text.Printable;

/**
 * The shared memory buffer that a node offers, opened for reading. It trusts nothing that the node says: not the name, not the
 * length, not the regions.
 * <p>
 * Readers hold it: it closes when its opener and everyone who called {@link #retain()} have called {@link #release()}. Safe for
 * use by many threads.
 */
public final class SharedMemory {

    private static final Pattern HANDLE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}");

    private final String handleName;
    private final long lengthBytes;
    private final int maxFrameBytes;
    private final RegionReader reader;
    private final AtomicInteger holders = new AtomicInteger(1);

    SharedMemory(String handleName, long lengthBytes, int maxFrameBytes, RegionReader reader) {
        this.handleName = handleName;
        this.lengthBytes = lengthBytes;
        this.maxFrameBytes = maxFrameBytes;
        this.reader = reader;
    }

    /**
     * Opens the buffer of a handle.
     *
     * @param  directory             where to look handles up, {@code /dev/shm} on Linux
     * @param  handleName            one path component of letters, digits, dot, underscore and hyphen
     * @param  lengthBytes           the buffer's length as the node says, unsigned
     * @param  access                how to read frames from it
     * @param  maxFrameBytes         the largest frame to read, which option maxMessageSize sets
     * @throws SharedMemoryException if the handle is not that of a readable regular file
     */
    public static SharedMemory open(
            Path directory, String handleName, long lengthBytes, SharedMemoryAccess access, int maxFrameBytes)
            throws SharedMemoryException {
        if (!HANDLE_NAME.matcher(handleName).matches() || handleName.equals(".") || handleName.equals("..")) {
            throw SharedMemoryException.invalid(
                    "shared memory handle_name '" + Printable.of(handleName)
                                                + "' is not accepted; it must be one file name of 1 to 255 letters,"
                                                + " digits, '.', '_' and '-'");
        }
        if (lengthBytes == 0) {
            throw SharedMemoryException.invalid(
                    "shared memory '" + Printable.of(handleName)
                                                + "' is announced with length_bytes 0; announce the length of the buffer");
        }
        // lengths above 2^63 are as good as unlimited: every read checks the end of the file
        long length = lengthBytes < 0 ? Long.MAX_VALUE : lengthBytes;
        Path file = directory.resolve(handleName);
        try {
            // links on the way to the directory are followed once; what is in it may be no link
            Path real = directory.toRealPath().resolve(handleName);
            RegionReader reader = GuardedOpening.open(real, () -> access.open(real, length));
            return new SharedMemory(handleName, length, maxFrameBytes, reader);
        } catch (IOException e) {
            throw SharedMemoryException.unavailable(handleName, detail(directory, file, e), e);
        }
    }

    /**
     * Reads a region.
     *
     * @param  offset         where the region begins, unsigned
     * @param  length         how many bytes to read, 1 or more
     * @return                a read-only buffer with position 0 and limit {@code length}: a copy or a view of the buffer, as
     *                        {@link SharedMemoryAccess} says
     * @throws FrameException if the region is larger than a frame may be, or not all of it lies in the buffer
     */
    public ByteBuffer read(long offset, int length) throws FrameException {
        if (length > maxFrameBytes) {
            throw new FrameException(
                    "the region of " + length + " bytes in shared memory exceeds maxMessageSize, " + maxFrameBytes
                                     + " bytes; send smaller pictures, or raise maxMessageSize");
        }
        if (!contains(offset, length)) {
            throw new FrameException(
                    "the region at offset " + Long.toUnsignedString(offset) + " with " + length
                                     + " bytes passes the end of shared memory '" + handleName + "', which has " + lengthBytes
                                     + " bytes");
        }
        try {
            ByteBuffer region = reader.read(offset, length);
            return region.isReadOnly() ? region : region.asReadOnlyBuffer();
        } catch (IOException e) {
            throw new FrameException(
                    "the region at offset " + offset + " with " + length + " bytes of shared memory '" + handleName
                                     + "' cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Whether a region lies in the buffer as it was announced; the file may still be shorter.
     *
     * @param offset unsigned
     * @param length 1 or more
     */
    public boolean contains(long offset, int length) {
        return offset >= 0 && offset <= lengthBytes - length;
    }

    /** Adds a holder. Only who knows that there still is one may call it. */
    public void retain() {
        holders.incrementAndGet();
    }

    /** Removes a holder; the last one closes the buffer. */
    public void release() {
        if (holders.decrementAndGet() == 0) {
            reader.close();
        }
    }

    private static String detail(Path directory, Path file, IOException e) {
        if (!Files.isDirectory(directory)) {
            return "the directory of option sharedMemoryDirectory, " + directory + ", does not exist";
        }
        if (e instanceof NoSuchFileException) {
            return file + " does not exist; containers must share IPC: set the IPC mode of both to 'host', or that of the node"
                   + " to 'shareable' and that of the extension to 'container:<node>'";
        }
        if (e instanceof AccessDeniedException) {
            return file + " exists, but user '" + System.getProperty("user.name")
                   + "' may not read it; run both under the same uid, or have the node create it readable for others";
        }
        return file + " cannot be used: " + e.getMessage();
    }
}
