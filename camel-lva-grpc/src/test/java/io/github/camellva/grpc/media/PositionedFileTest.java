package io.github.camellva.grpc.media;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camellva.grpc.Messages.pixels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PositionedFileTest {

    private static final byte[] CONTENT = pixels(700_000, 3);

    @TempDir
    Path directory;

    @Test
    void aBufferIsFilledFromItsPositionToItsLimit() throws Exception {
        Path path = Files.write(directory.resolve("file"), CONTENT);
        try (PositionedFile file = PositionedFile.open(path, Set.of(StandardOpenOption.READ))) {
            ByteBuffer target = ByteBuffer.allocate(600_020).position(10).limit(600_010);
            file.read(target, 50_000);
            assertThat(target.position()).isEqualTo(600_010);
            assertThat(target.limit()).isEqualTo(600_010);
            assertThat(Arrays.copyOfRange(target.array(), 10, 600_010)).isEqualTo(Arrays.copyOfRange(CONTENT, 50_000, 650_000));
            assertThat(Arrays.copyOfRange(target.array(), 0, 10)).containsOnly(0);
            assertThat(file.size()).isEqualTo(CONTENT.length);
        }
    }

    @Test
    void aBufferIsWrittenFromItsPositionToItsLimit() throws Exception {
        Path path = directory.resolve("file");
        try (PositionedFile file = PositionedFile.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            file.write(ByteBuffer.wrap(CONTENT).position(10).limit(600_010), 5);
        }
        byte[] written = Files.readAllBytes(path);
        assertThat(written).hasSize(600_005);
        assertThat(Arrays.copyOfRange(written, 5, 600_005)).isEqualTo(Arrays.copyOfRange(CONTENT, 10, 600_010));
    }

    @Test
    void aRegionThatPassesTheEndOfTheFileIsTold() throws Exception {
        Path path = Files.write(directory.resolve("file"), new byte[100]);
        try (PositionedFile file = PositionedFile.open(path, Set.of(StandardOpenOption.READ))) {
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> file.read(ByteBuffer.allocate(20), 81));
            file.read(ByteBuffer.allocate(0), 100);
        }
    }

    @Test
    void aLockIsHeldUntilTheFileIsClosed() throws Exception {
        Path path = Files.write(directory.resolve("file"), new byte[100]);
        for (int i = 0; i < 2; i++) {
            try (PositionedFile file = PositionedFile.open(path, Set.of(StandardOpenOption.WRITE))) {
                assertThat(file.tryLock()).isTrue();
            }
        }
    }
}
