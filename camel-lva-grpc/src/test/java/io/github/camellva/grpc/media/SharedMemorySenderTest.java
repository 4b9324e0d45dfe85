package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camellva.grpc.Messages.pixels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SharedMemorySenderTest {

    private static final Set<PosixFilePermission> FOR_ALL = PosixFilePermissions.fromString("rw-rw-rw-");

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsReadByTheExtensionAtTheOffsetOfTheSlot() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 100, FOR_ALL)) {
            sender.write(ByteBuffer.wrap(pixels(30, 1))).orElseThrow();
            SharedMemorySender.Slot second = sender.write(ByteBuffer.wrap(pixels(40, 2))).orElseThrow();
            SharedMemory receiver = SharedMemory.open(
                    directory, sender.handleName(), sender.lengthBytes(), SharedMemoryAccess.COPY);
            assertThat(receiver.read(second.offset(), 40)).isEqualTo(ByteBuffer.wrap(pixels(40, 2)));
            receiver.release();
        }
    }

    @Test
    void aFullBufferSaysSoAndServesAgainWhenASlotIsReleased() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 100, FOR_ALL)) {
            SharedMemorySender.Slot slot = sender.write(ByteBuffer.allocate(60)).orElseThrow();
            assertThat(sender.write(ByteBuffer.allocate(60))).isEmpty();
            slot.release();
            assertThat(sender.write(ByteBuffer.allocate(60))).isPresent();
        }
    }

    @Test
    void releasingASlotTwiceDoesNotFreeAnothersRegion() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 60, FOR_ALL)) {
            SharedMemorySender.Slot first = sender.write(ByteBuffer.allocate(60)).orElseThrow();
            first.release();
            sender.write(ByteBuffer.allocate(60)).orElseThrow();
            first.release();
            assertThat(sender.freeBytes()).isZero();
        }
    }

    @Test
    void writingLeavesTheFramesPositionAlone() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 60, FOR_ALL)) {
            ByteBuffer frame = ByteBuffer.wrap(pixels(50, 1)).position(10);
            assertThat(sender.write(frame).orElseThrow().length()).isEqualTo(40);
            assertThat(frame.position()).isEqualTo(10);
        }
    }

    @Test
    void aFrameWithoutBytesIsRefused() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 60, FOR_ALL)) {
            assertThatIllegalArgumentException().isThrownBy(() -> sender.write(ByteBuffer.allocate(0)));
        }
    }

    @Test
    @EnabledOnOs({ OS.LINUX, OS.MAC })
    void theFileHasThePermissionsAskedForWhateverTheUmask() throws Exception {
        try (SharedMemorySender sender = SharedMemorySender.create(directory, 60, FOR_ALL)) {
            assertThat(Files.getPosixFilePermissions(directory.resolve(sender.handleName()))).isEqualTo(FOR_ALL);
        }
    }

    @Test
    void closingRemovesTheFile() throws Exception {
        SharedMemorySender sender = SharedMemorySender.create(directory, 60, FOR_ALL);
        assertThat(directory.resolve(sender.handleName())).hasSize(60);
        sender.close();
        assertThat(directory).isEmptyDirectory();
    }
}
