package io.github.camellva.tools.recording;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.camellva.tools.recording.v1.FileBegan;
import io.github.camellva.tools.recording.v1.Record;

/** Reads a file of a recording, one record after the other. A file that ends in the middle of a record is read up to there. */
public final class RecordingReader implements Closeable {

    /** Larger ones are not written: a frame, the message around it and a few names. */
    private static final int MAX_RECORD_BYTES = 1 << 30;
    private static final int MAX_BEGINNING_BYTES = 1 << 12;

    private final Path file;
    private final InputStream stream;
    private final FileBegan beginning;
    private long position;
    private long cutBytes;

    /** @throws IOException if it cannot be opened, or is no recording */
    public RecordingReader(Path file) throws IOException {
        this.file = file;
        this.stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        boolean opened = false;
        try {
            this.beginning = readBeginning();
            opened = true;
        } finally {
            if (!opened) {
                stream.close();
            }
        }
    }

    /** What the file says of itself. */
    public FileBegan beginning() {
        return beginning;
    }

    /** The next record; empty at the end. */
    public Optional<Record> next() throws IOException {
        return next(MAX_RECORD_BYTES);
    }

    /** Bytes of an unfinished record at the end: its writer was killed, or is still at work. */
    public long cutBytes() {
        return cutBytes;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private FileBegan readBeginning() throws IOException {
        Optional<Record> first = Optional.empty();
        try {
            first = next(MAX_BEGINNING_BYTES);
        } catch (DamagedException e) {
            // another kind of file: said below
        }
        FileBegan began = first.map(Record::getFileBegan).orElse(FileBegan.getDefaultInstance());
        if (!began.getFormat().equals(RecordingWriter.FORMAT)) {
            throw new IOException(file + " is not a recording; name a file that 'lva record' has written");
        }
        if (began.getVersion() != RecordingWriter.VERSION) {
            throw new IOException(
                    file + " is a recording of version " + began.getVersion() + "; this program reads version " + RecordingWriter.VERSION
                                  + ", take a newer one");
        }
        return began;
    }

    private Optional<Record> next(int maxBytes) throws IOException {
        long start = position;
        int length = length();
        if (length < 0) {
            return Optional.empty();
        }
        if (length > maxBytes) {
            throw new DamagedException(start);
        }
        byte[] bytes = stream.readNBytes(length);
        position += bytes.length;
        if (bytes.length < length) {
            cutBytes = position - start;
            return Optional.empty();
        }
        try {
            CodedInputStream input = CodedInputStream.newInstance(bytes);
            input.enableAliasing(true);
            return Optional.of(Record.parseFrom(input));
        } catch (InvalidProtocolBufferException e) {
            throw new DamagedException(start);
        }
    }

    /** -1 at the end of the file. */
    private int length() throws IOException {
        int result = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = stream.read();
            if (next < 0) {
                cutBytes = shift / 7;
                return -1;
            }
            position++;
            result |= (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                return result < 0 ? Integer.MAX_VALUE : result;
            }
        }
        throw new DamagedException(position);
    }

    private final class DamagedException extends IOException {

        private static final long serialVersionUID = 1L;

        DamagedException(long at) {
            super(file + " is damaged at byte " + at + "; what stands before can be read");
        }
    }
}
