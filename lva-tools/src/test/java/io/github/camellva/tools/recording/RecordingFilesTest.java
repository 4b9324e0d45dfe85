package io.github.camellva.tools.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.recording.v1.Direction;
import io.github.camellva.tools.recording.v1.Message;
import io.github.camellva.tools.recording.v1.Record;
import io.github.camellva.tools.recording.v1.SessionBegan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a full disk interrupts at the worst moment, and messages that are written from where they are. */
class RecordingFilesTest {

    private static final int MAX_FILE_BYTES = 2000;

    @TempDir
    private Path directory;
    private boolean full;

    @Test
    void aDiskThatIsFullWhenTheNextFileBeginsLeavesAFileThatBeginsAsAllDo() throws Exception {
        Path first = directory.resolve("a.lva");
        LongSupplier clock = () -> {
            if (full) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
            return 7;
        };
        try (RecordingWriter writer = new RecordingWriter(first, MAX_FILE_BYTES, "localhost:5001", clock)) {
            begin(writer);
            writer.write(frame(1, 1500));
            full = true;
            assertThatThrownBy(() -> writer.write(frame(2, 1500))).hasMessageContaining("No space left");
            assertThatThrownBy(() -> writer.write(frame(3, 1500))).hasMessageContaining("No space left");
            full = false;
            writer.write(frame(4, 1500));
        }
        List<Record> second = records(directory.resolve("a-2.lva"));
        assertThat(second).extracting(Record::getContentCase).containsExactly(
                Record.ContentCase.SESSION_BEGAN, Record.ContentCase.MESSAGE, Record.ContentCase.MESSAGE);
        assertThat(second.get(0).getSessionBegan().getContinued()).isTrue();
        assertThat(second.get(1).getMessage().getMessage().hasMediaStreamDescriptor()).isTrue();
        assertThat(second.get(2).getMessage().getMessage().getSequenceNumber()).isEqualTo(4);
    }

    @Test
    void aNextFileThatCannotBeMadeLeavesTheOneBeforeInUse() throws Exception {
        Path first = directory.resolve("a.lva");
        Path next = Files.createFile(directory.resolve("a-2.lva"));
        try (RecordingWriter writer = new RecordingWriter(first, MAX_FILE_BYTES, "localhost:5001", () -> 7)) {
            begin(writer);
            writer.write(frame(1, 1500));
            assertThatThrownBy(() -> writer.write(frame(2, 1500))).isInstanceOf(FileAlreadyExistsException.class);
            Files.delete(next);
            writer.write(frame(3, 1500));
        }
        assertThat(records(first)).hasSize(3);
        assertThat(records(next).get(2).getMessage().getMessage().getSequenceNumber()).isEqualTo(3);
    }

    @Test
    void aMessageBesideItsRecordIsReadAsIfItHadBeenInIt() throws Exception {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        Record whole = frame(1, content);
        ByteBuffer bytes = ByteBuffer.allocateDirect(whole.getMessage().getMessage().getSerializedSize());
        bytes.put(whole.getMessage().getMessage().toByteArray()).flip();
        ByteString parts = UnsafeByteOperations.unsafeWrap(bytes.slice(0, 200_000))
                .concat(UnsafeByteOperations.unsafeWrap(bytes.slice(200_000, bytes.limit() - 200_000)));
        Record beside = whole.toBuilder().setMessage(whole.getMessage().toBuilder().clearMessage()).build();

        Path file = directory.resolve("a.lva");
        try (RecordingWriter writer = new RecordingWriter(file, 1 << 30, "localhost:5001", () -> 7)) {
            writer.write(new Entry(beside, parts, () -> { }));
            writer.write(whole);
        }
        assertThat(records(file)).containsExactly(whole, whole);
    }

    private static void begin(RecordingWriter writer) throws IOException {
        writer.write(Record.newBuilder().setSessionBegan(SessionBegan.newBuilder().setSession(1)).build());
        writer.write(Record.newBuilder().setMessage(Message.newBuilder().setSession(1).setDirection(Direction.TO_EXTENSION)
                .setMessage(MediaStreamMessage.newBuilder().setMediaStreamDescriptor(MediaStreamDescriptor.getDefaultInstance())))
                .build());
    }

    private static Record frame(long number, int bytes) {
        return frame(number, new byte[bytes]);
    }

    private static Record frame(long number, byte[] content) {
        return Record.newBuilder().setMessage(Message.newBuilder().setSession(1).setTime(9).setDirection(Direction.TO_EXTENSION)
                .setMessage(MediaStreamMessage.newBuilder().setSequenceNumber(number).setMediaSample(MediaSample.newBuilder()
                        .setContentBytes(ContentBytes.newBuilder().setBytes(UnsafeByteOperations.unsafeWrap(content))))))
                .build();
    }

    private static List<Record> records(Path file) throws IOException {
        List<Record> records = new ArrayList<>();
        try (RecordingReader reader = new RecordingReader(file)) {
            for (Optional<Record> record = reader.next(); record.isPresent(); record = reader.next()) {
                records.add(record.get());
            }
        }
        return records;
    }
}
