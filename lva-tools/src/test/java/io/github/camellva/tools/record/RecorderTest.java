package io.github.camellva.tools.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

import com.google.protobuf.ByteString;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.recording.Entry;
import io.github.camellva.tools.recording.RecordTarget;
import io.github.camellva.tools.recording.v1.Message;
import io.github.camellva.tools.recording.v1.Record;
import org.junit.jupiter.api.Test;

/** A disk that is slow or full costs records, never a session. */
class RecorderTest {

    private final List<Record> written = new ArrayList<>();
    private final Semaphore disk = new Semaphore(0);
    private volatile boolean full;
    private volatile Error error;

    @Test
    void whatASlowDiskCannotTakeIsLeftOutCountedAndMarked() throws Exception {
        Recorder recorder = new Recorder(new Disk(), 10_000, () -> 7);
        recorder.start();
        for (int i = 0; i < 20; i++) {
            recorder.offer(message());
        }
        disk.release(100);
        recorder.close();

        assertThat(recorder.leftOut()).isPositive();
        assertThat(recorder.written() + recorder.leftOut()).isEqualTo(20);
        assertThat(written.stream().filter(Record::hasLeftOut).mapToLong(record -> record.getLeftOut().getMessages()).sum())
                .isEqualTo(recorder.leftOut());
        assertThat(written.stream().filter(Record::hasLeftOut).findFirst().orElseThrow().getLeftOut().getReason())
                .isEqualTo("the disk is too slow");
    }

    @Test
    void afterAFullDiskHasRoomAgainTheGapIsMarkedBeforeWhatFollows() throws Exception {
        Recorder recorder = new Recorder(new Disk(), 1 << 20, () -> 7);
        recorder.start();
        full = true;
        recorder.offer(message());
        recorder.offer(message());
        disk.release(2);
        while (recorder.leftOut() < 2) {
            Thread.onSpinWait();
        }
        full = false;
        recorder.offer(message());
        disk.release(10);
        recorder.close();

        assertThat(written).extracting(Record::getContentCase)
                .containsExactly(Record.ContentCase.LEFT_OUT, Record.ContentCase.MESSAGE);
        assertThat(written.get(0).getLeftOut().getMessages()).isEqualTo(2);
        assertThat(written.get(0).getLeftOut().getReason()).contains("No space left");
    }

    @Test
    void descriptorsOfAPeerCannotTakeMoreThanTheirRoom() throws Exception {
        Recorder recorder = new Recorder(new Disk(), 10_000, () -> 7);
        recorder.start();
        for (int i = 0; i < 50; i++) {
            recorder.offer(descriptor("x".repeat(2000)));
        }
        assertThat(recorder.leftOut()).isGreaterThan(30);
        disk.release(100);
        recorder.close();
    }

    @Test
    void anErrorCostsARecordAndNotTheRecording() throws Exception {
        Recorder recorder = new Recorder(new Disk(), 1 << 20, () -> 7);
        recorder.start();
        error = new OutOfMemoryError("as if");
        recorder.offer(message());
        disk.release(1);
        while (recorder.leftOut() < 1) {
            Thread.onSpinWait();
        }
        error = null;
        recorder.offer(message());
        disk.release(10);
        recorder.close();
        assertThat(written).extracting(Record::getContentCase)
                .containsExactly(Record.ContentCase.LEFT_OUT, Record.ContentCase.MESSAGE);
    }

    private static Record descriptor(String configuration) {
        return Record.newBuilder().setMessage(Message.newBuilder().setMessage(MediaStreamMessage.newBuilder()
                .setMediaStreamDescriptor(MediaStreamDescriptor.newBuilder().setExtensionConfiguration(configuration)))).build();
    }

    private static Record message() {
        return Record.newBuilder().setMessage(
                Message.newBuilder().setMalformed(ByteString.copyFrom(new byte[2000]))).build();
    }

    /** Writes when it is let. */
    private final class Disk implements RecordTarget {

        @Override
        public void write(Entry entry) throws IOException {
            disk.acquireUninterruptibly();
            if (error != null) {
                throw error;
            }
            if (full) {
                throw new IOException("No space left on device");
            }
            written.add(entry.record());
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
