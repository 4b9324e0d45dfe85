package io.github.camellva.tools.check.extension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.grpc.Status;

import static io.github.camellva.tools.check.extension.ExtensionFault.*;

/** How a small extension uses shared memory. */
final class FaultyMemory {

    private final FaultyExtension extension;
    private final String handle;
    private FileChannel file;

    FaultyMemory(FaultyExtension extension, String handle) {
        this.extension = extension;
        this.handle = handle;
    }

    /** Null when it can be used. */
    Status refusal() {
        if (extension.has(LEAVES_THE_DIRECTORY) && handle.contains("..")) {
            return null;
        }
        if (!handle.matches("[A-Za-z0-9._-]{1,255}") || handle.matches("\\.\\.?")) {
            return Status.INVALID_ARGUMENT.withDescription("the handle_name must be one file name");
        }
        LinkOption[] links = extension.has(FOLLOWS_LINKS) ? new LinkOption[0] : new LinkOption[] { LinkOption.NOFOLLOW_LINKS };
        if (!Files.exists(path(), links)) {
            return Status.NOT_FOUND.withDescription(extension.has(NAMES_THE_PATH_OF_MEMORY)
                    ? path() + " is not there, IPC"
                    : "there is no such shared memory; both containers must share IPC");
        }
        return Files.isRegularFile(path(), links) ? null : Status.INVALID_ARGUMENT.withDescription("the shared memory is no regular file");
    }

    /** Null if they are not there. */
    byte[] read(long offset, long length) {
        try {
            if (file == null) {
                file = extension.has(OPENS_MEMORY_FOR_WRITING)
                        ? FileChannel.open(path(), StandardOpenOption.READ, StandardOpenOption.WRITE)
                        : FileChannel.open(path(), StandardOpenOption.READ);
            }
            boolean behind = offset < 0 || length <= 0 || offset > file.size() - length;
            if (behind && !extension.has(READS_BEHIND_THE_END)) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(Math.abs(length), 1 << 20));
            if (!behind) {
                file.read(bytes, extension.has(READS_FROM_THE_BEGIN_OF_MEMORY) ? 0 : offset);
            }
            return bytes.array();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void open() {
        read(0, 1);
    }

    private Path path() {
        return extension.memoryDirectory().resolve(handle);
    }
}
