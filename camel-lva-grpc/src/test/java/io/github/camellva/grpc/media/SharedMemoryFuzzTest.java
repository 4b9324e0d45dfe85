package io.github.camellva.grpc.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camellva.grpc.Messages;
import io.github.camellva.grpc.Script;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** References into one buffer, and names of others. */
class SharedMemoryFuzzTest {

    private static final byte[] BUFFER = Messages.pixels(10_000, 3);
    private static final int MAX_FRAME_BYTES = 4096;

    @TempDir
    static Path directory;

    private static SharedMemory copied;
    private static SharedMemory mapped;

    @BeforeAll
    static void open() throws Exception {
        Files.write(directory.resolve("memory"), BUFFER);
        Files.createDirectory(directory.resolve("directory"));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("memory"));
        copied = SharedMemory.open(directory, "memory", BUFFER.length, SharedMemoryAccess.COPY, MAX_FRAME_BYTES);
        mapped = SharedMemory.open(directory, "memory", BUFFER.length, SharedMemoryAccess.MAP, MAX_FRAME_BYTES);
    }

    @AfterAll
    static void close() {
        copied.release();
        mapped.release();
    }

    @FuzzTest
    void aReferenceIsReadAsTheFileHasItOrRefused(byte[] input) {
        Script script = new Script(input);
        boolean opens = script.next(32) == 0;
        long offset = script.nextLong();
        int length = Math.max(1, (int) script.nextLong());
        assertReadsRightOrNot(copied, BUFFER.length, offset, length);
        assertReadsRightOrNot(mapped, BUFFER.length, offset, length);
        if (opens) {
            open(script.nextLong(), new String(script.rest(), StandardCharsets.UTF_8), offset, length);
        }
    }

    private static void open(long lengthBytes, String handleName, long offset, int length) {
        try {
            SharedMemory opened = SharedMemory.open(
                    directory, handleName, lengthBytes, SharedMemoryAccess.COPY, MAX_FRAME_BYTES);
            try {
                assertThat(handleName).isEqualTo("memory");
                assertReadsRightOrNot(opened, lengthBytes, offset, length);
            } finally {
                opened.release();
            }
        } catch (SharedMemoryException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1000).doesNotContain(directory.toString());
        }
    }

    /** @param announced length of the buffer, unsigned */
    private static void assertReadsRightOrNot(SharedMemory memory, long announced, long offset, int length) {
        long end = Long.compareUnsigned(announced, BUFFER.length) < 0 ? announced : BUFFER.length;
        boolean inside = offset >= 0 && offset <= end && length <= end - offset && length <= MAX_FRAME_BYTES;
        try {
            ByteBuffer region = memory.read(offset, length);
            assertThat(inside).as("inside").isTrue();
            assertThat(region).isEqualTo(ByteBuffer.wrap(Arrays.copyOfRange(BUFFER, (int) offset, (int) offset + length)));
        } catch (FrameException e) {
            assertThat(inside).as("inside").isFalse();
        }
    }
}
