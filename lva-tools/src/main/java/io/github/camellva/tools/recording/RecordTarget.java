package io.github.camellva.tools.recording;

import java.io.Closeable;
import java.io.IOException;

import io.github.camellva.tools.recording.v1.Record;

/** Where records go. */
public interface RecordTarget extends Closeable {

    /** Appends a record, whole or not at all. Releasing the entry is left to the caller. */
    void write(Entry entry) throws IOException;

    /** The same for a record that is whole. */
    default void write(Record record) throws IOException {
        write(Entry.of(record));
    }
}
