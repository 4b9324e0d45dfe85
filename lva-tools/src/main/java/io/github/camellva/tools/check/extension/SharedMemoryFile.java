package io.github.camellva.tools.check.extension;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;

/** A node's shared memory. It is opened for moments only, so that whoever else has it open can be told. */
final class SharedMemoryFile implements AutoCloseable {

    private final Path path;
    private final long bytes;

    private SharedMemoryFile(Path path, long bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    static SharedMemoryFile create(Path directory, int bytes) throws IOException {
        Path path = directory.resolve("lva-check-" + UUID.randomUUID());
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1), bytes - 1L);
        }
        // an extension under another user may open it for writing
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        return new SharedMemoryFile(path, bytes);
    }

    Path path() {
        return path;
    }

    String handle() {
        return path.getFileName().toString();
    }

    void write(long offset, byte[] content) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(content), offset);
        }
    }

    void truncate(long length) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.truncate(length);
        }
    }

    /** A descriptor that offers it. */
    MediaStreamDescriptor.Builder offeredBy(MediaStreamDescriptor.Builder descriptor) {
        return offer(descriptor, handle(), bytes);
    }

    static MediaStreamDescriptor.Builder offer(MediaStreamDescriptor.Builder descriptor, String handle, long bytes) {
        return descriptor.setSharedMemoryBufferTransferProperties(
                SharedMemoryBufferTransferProperties.newBuilder().setHandleName(handle).setLengthBytes(bytes));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
