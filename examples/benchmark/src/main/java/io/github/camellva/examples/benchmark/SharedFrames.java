package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Shared memory with the same frame in each of its slots; written once, since it is reading that is measured. */
final class SharedFrames implements AutoCloseable {

    private final Path file;
    private final int frameBytes;
    private final long lengthBytes;

    private SharedFrames(Path file, int frameBytes, long lengthBytes) {
        this.file = file;
        this.frameBytes = frameBytes;
        this.lengthBytes = lengthBytes;
    }

    static SharedFrames create(byte[] frame, int slots) throws IOException {
        Path file = Path.of("/dev/shm", "lvagrpc-benchmark-" + UUID.randomUUID());
        file.toFile().deleteOnExit();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int slot = 0; slot < slots; slot++) {
                ByteBuffer content = ByteBuffer.wrap(frame);
                while (content.hasRemaining()) {
                    channel.write(content);
                }
            }
        }
        return new SharedFrames(file, frame.length, (long) slots * frame.length);
    }

    String handleName() {
        return file.getFileName().toString();
    }

    long lengthBytes() {
        return lengthBytes;
    }

    long offset(int slot) {
        return (long) slot * frameBytes;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
