package io.github.camellva.tools.recording;

import java.io.Closeable;
import java.io.IOException;

/** Where records go. */
public interface RecordTarget extends Closeable {

    /** Appends a record, whole or not at all. Releasing the entry is left to the caller. */
    void write(Entry entry) throws IOException;
}
