package io.github.camellva.tools.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.protobuf.ByteString;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.recording.v1.Direction;
import io.github.camellva.tools.recording.v1.Message;
import io.github.camellva.tools.recording.v1.Record;
import io.github.camellva.tools.recording.v1.SessionBegan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a disk of 64 KiB, of which another file may have taken the rest. */
class RecordingWriterTest {

    private static final int BLOCK = 1 << 10;
    private static final int DISK = 64 * BLOCK;
    private static final int MAX_FILE = 8 * BLOCK;
    private static final int CONTENT = 3 * BLOCK;

    private final FileSystem disk = Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setBlockSize(BLOCK).setMaxSize(DISK).setMaxCacheSize(0).build());
    private final Path other = disk.getPath("/other");
    private final Path first = disk.getPath("/first.lvarec");
    private final Path second = disk.getPath("/first-2.lvarec");
    private RecordingWriter writer;

    @BeforeEach
    void begin() throws IOException {
        writer = new RecordingWriter(first, MAX_FILE, "localhost:5001", () -> 7);
        writer.write(Record.newBuilder().setSessionBegan(SessionBegan.newBuilder().setSession(1)).build());
        writer.write(descriptor());
    }

    @AfterEach
    void end() throws IOException {
        writer.close();
        disk.close();
    }

    @Test
    void aDiskThatIsFullWhenTheNextFileBeginsLosesNothingOfThatFilesBeginning() throws Exception {
        writer.write(message());
        writer.write(message());
        fill();
        for (int i = 0; i < 3; i++) {
            assertThatIOException().isThrownBy(() -> writer.write(message()));
        }
        Files.delete(other);
        writer.write(message());

        assertThat(read(first)).containsExactly(began(false), descriptor(), message(), message());
        assertThat(read(second)).containsExactly(began(true), descriptor(), message());
        assertThat(Files.exists(disk.getPath("/first-3.lvarec"))).isFalse();
    }

    @Test
    void aDiskThatIsFullWithinAFileLeavesNoHalfRecord() throws Exception {
        writer.write(message());
        fill();
        assertThatIOException().isThrownBy(() -> writer.write(message()));
        Files.delete(other);
        writer.write(message());

        assertThat(read(first)).containsExactly(began(false), descriptor(), message(), began(true), descriptor(), message());
    }

    private void fill() throws IOException {
        try (OutputStream stream = Files.newOutputStream(other)) {
            while (true) {
                stream.write(new byte[BLOCK]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("disk space");
        }
    }

    private static List<Record> read(Path file) throws IOException {
        List<Record> records = new ArrayList<>();
        try (RecordingReader reader = new RecordingReader(file)) {
            for (Optional<Record> next = reader.next(); next.isPresent(); next = reader.next()) {
                records.add(next.get());
            }
            assertThat(reader.cutBytes()).isZero();
        }
        return records;
    }

    private static Record began(boolean continued) {
        return Record.newBuilder().setSessionBegan(SessionBegan.newBuilder().setSession(1).setContinued(continued)).build();
    }

    private static Record descriptor() {
        return Record.newBuilder().setMessage(Message.newBuilder().setSession(1).setDirection(Direction.TO_EXTENSION).setMessage(
                MediaStreamMessage.newBuilder().setMediaStreamDescriptor(MediaStreamDescriptor.newBuilder()))).build();
    }

    private static Record message() {
        return Record.newBuilder().setMessage(
                Message.newBuilder().setSession(1).setMalformed(ByteString.copyFrom(new byte[CONTENT]))).build();
    }
}
