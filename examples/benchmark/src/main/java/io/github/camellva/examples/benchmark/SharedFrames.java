package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;

/** Shared memory with the same frame in each of its slots. */
final class SharedFrames implements AutoCloseable {

    private final Path file;
    private final byte[] frame;
    private final MappedByteBuffer memory;

    private SharedFrames(Path file, byte[] frame, MappedByteBuffer memory) {
        this.file = file;
        this.frame = frame;
        this.memory = memory;
    }

    /** Makes one with a slot for each frame in flight. */
    static SharedFrames create(Frames frames) throws IOException {
        Path file = Path.of("/dev/shm", "lvagrpc-benchmark-" + UUID.randomUUID());
        file.toFile().deleteOnExit();
        int slots = frames.load().inFlight();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            SharedFrames shared = new SharedFrames(
                    file, frames.bytes(), channel.map(MapMode.READ_WRITE, 0, (long) slots * frames.bytes().length));
            for (int slot = 0; slot < slots; slot++) {
                shared.write(slot);
            }
            return shared;
        }
    }

    /** Writes the frame into a slot once more. */
    void write(int slot) {
        memory.put(slot * frame.length, frame);
    }

    ContentReference reference(int slot) {
        return ContentReference.newBuilder().setAddressOffset((long) slot * frame.length).setLengthBytes(frame.length).build();
    }

    SharedMemoryBufferTransferProperties properties() {
        return SharedMemoryBufferTransferProperties.newBuilder()
                .setHandleName(file.getFileName().toString()).setLengthBytes(memory.capacity()).build();
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
