package io.github.camellva.tools.recording;

import com.google.protobuf.ByteString;
import io.github.camellva.tools.recording.v1.Record;

/**
 * What is appended to a recording. A large message stands beside its record, so that it is written from where it came.
 *
 * @param record  without its message if that stands beside it
 * @param message as it was sent; empty if the record is whole
 * @param release to be run once, when the message is not needed any more
 */
public record Entry(Record record, ByteString message, Runnable release) {

    /** A record that is whole. */
    public static Entry of(Record record) {
        return new Entry(record, ByteString.EMPTY, () -> { });
    }

    /** In the recording, about. */
    public long bytes() {
        return (long) record.getSerializedSize() + message.size();
    }
}
