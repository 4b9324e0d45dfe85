package io.github.camellva.grpc.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import io.github.camellva.grpc.media.SharedMemoryException.Reason;

/**
 * The shared memory buffer that a node offers, opened for reading. Nothing that the node says of it is trusted: not its name,
 * its length, nor the regions in it.
 * <p>
 * Whoever reads holds it: the buffer is closed when everyone who called {@link #retain()}, and the one who opened it, has
 * called {@link #release()}. Safe for use by many threads.
 */
public final class SharedMemory {

    private static final Pattern HANDLE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}");
    private static final Set<OpenOption> READ_ONLY = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path file;
    private final long lengthBytes;
    private final RegionReader reader;
    private final AtomicInteger holders = new AtomicInteger(1);

    SharedMemory(Path file, long lengthBytes, RegionReader reader) {
        this.file = file;
        this.lengthBytes = lengthBytes;
        this.reader = reader;
    }

    /**
     * Opens the buffer of a handle.
     *
     * @param  directory             where handles are looked up, {@code /dev/shm} on Linux
     * @param  handleName            one path component of letters, digits, dot, underscore and hyphen
     * @param  lengthBytes           the buffer's length as the node says, unsigned
     * @param  access                how frames are read from it
     * @throws SharedMemoryException if the handle is not that of a readable regular file
     */
    public static SharedMemory open(Path directory, String handleName, long lengthBytes, SharedMemoryAccess access)
            throws SharedMemoryException {
        if (!HANDLE_NAME.matcher(handleName).matches() || handleName.equals(".") || handleName.equals("..")) {
            throw new SharedMemoryException(
                    Reason.INVALID, "shared memory handle_name '" + printable(handleName)
                                    + "' is not accepted; it must be one file name of 1 to 255 letters, digits, '.', '_' and '-'");
        }
        Path file = directory.resolve(handleName);
        if (lengthBytes == 0) {
            throw new SharedMemoryException(
                    Reason.INVALID, "shared memory " + file + " is announced with length_bytes 0; announce the length of the buffer");
        }
        try {
            FileChannel channel = openRegularFile(directory, file);
            try {
                // lengths above 2^63 are as good as unlimited: the file's end is checked at every read
                long length = lengthBytes < 0 ? Long.MAX_VALUE : lengthBytes;
                return new SharedMemory(file, length, access.reader(channel, length));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw missing(directory, file, e);
        } catch (AccessDeniedException e) {
            throw new SharedMemoryException(
                    Reason.NOT_PERMITTED,
                    "shared memory " + file + " exists, but user '" + System.getProperty("user.name")
                                          + "' of the extension may not read it; run both under the same uid, or have the node create it readable for others",
                    e);
        } catch (IOException e) {
            throw new SharedMemoryException(Reason.INVALID, "shared memory " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The bytes of a region, as {@link SharedMemoryAccess} says: a copy of its own, or a view of the buffer.
     *
     * @param  offset         where the region begins, unsigned
     * @param  length         how many bytes to read, 1 or more
     * @return                a read-only buffer, position 0, limit {@code length}
     * @throws FrameException if any of those bytes lies outside the buffer
     */
    public ByteBuffer read(long offset, int length) throws FrameException {
        if (offset < 0 || offset > lengthBytes - length) {
            throw new FrameException(
                    "the region at offset " + Long.toUnsignedString(offset) + " with " + length
                                     + " bytes passes the end of shared memory " + file + ", which has " + lengthBytes + " bytes");
        }
        try {
            return reader.read(offset, length).asReadOnlyBuffer();
        } catch (IOException e) {
            throw new FrameException(
                    "the region at offset " + offset + " with " + length + " bytes of shared memory " + file
                                     + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /** One more holder; to be called only by one who knows that there still is one. */
    public void retain() {
        holders.incrementAndGet();
    }

    /** One holder fewer; the last one closes the buffer. */
    public void release() {
        if (holders.decrementAndGet() == 0) {
            reader.close();
        }
    }

    private static FileChannel openRegularFile(Path directory, Path file) throws IOException {
        // through the open directory, so that nobody can put a link in place of a directory on the way to the file
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            if (entries instanceof SecureDirectoryStream<Path> secure) {
                Path name = file.getFileName();
                requireRegular(secure
                        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).readAttributes());
                return (FileChannel) secure.newByteChannel(name, READ_ONLY);
            }
        }
        requireRegular(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        return FileChannel.open(file, READ_ONLY);
    }

    /** Opening a pipe would wait for a writer for ever, and a link leads anywhere. */
    private static void requireRegular(BasicFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile()) {
            throw new IOException("it is not a regular file");
        }
    }

    private static SharedMemoryException missing(Path directory, Path file, NoSuchFileException cause) {
        if (!Files.isDirectory(directory)) {
            return new SharedMemoryException(
                    Reason.MISSING, "the extension's sharedMemoryDirectory " + directory + " does not exist", cause);
        }
        return new SharedMemoryException(
                Reason.MISSING,
                "shared memory " + file + " does not exist for the extension: the two containers must share IPC;"
                                + " set the IPC mode of both to 'host', or that of the node to 'shareable' and that of the extension to"
                                + " 'container:<node>'",
                cause);
    }

    private static String printable(String name) {
        String start = name.length() > 64 ? name.substring(0, 64) + "..." : name;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
