package io.github.camellva.tools.check.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

import io.github.camellva.proto.SharedMemoryBufferTransferProperties;

import static io.github.camellva.tools.check.node.NodeFault.*;

/** How a small node uses shared memory: places of one size. */
final class FaultyNodeMemory {

    private final FaultyNode node;
    private final Path path;
    private final int slotBytes;
    private final int bytes;
    private boolean made;

    FaultyNodeMemory(FaultyNode node, int slotBytes, int slots) {
        this.node = node;
        this.path = node.memoryDirectory().resolve("node-" + UUID.randomUUID());
        this.slotBytes = slotBytes;
        this.bytes = slotBytes * slots;
        if (!node.has(MAKES_THE_FILE_LATER)) {
            make();
        }
    }

    SharedMemoryBufferTransferProperties.Builder announced() {
        return SharedMemoryBufferTransferProperties.newBuilder().setHandleName(path.getFileName().toString())
                .setLengthBytes(node.has(ANNOUNCES_MORE_THAN_THE_FILE_HAS) ? bytes * 2L : bytes);
    }

    /** Returns where it is. */
    long write(int slot, byte[] frame) {
        if (!made) {
            make();
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(frame), (long) slot * slotBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return node.has(REFERS_BEHIND_THE_END) ? bytes : (long) slot * slotBytes;
    }

    void release() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void make() {
        made = true;
        try {
            Files.write(path, new byte[bytes]);
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(node.has(KEEPS_ITS_FILE_TO_ITSELF) ? "rw-r--r--" : "rw-rw-rw-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
