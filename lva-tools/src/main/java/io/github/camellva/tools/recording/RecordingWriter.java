package io.github.camellva.tools.recording;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.github.camellva.tools.recording.v1.Direction;
import io.github.camellva.tools.recording.v1.FileBegan;
import io.github.camellva.tools.recording.v1.Message;
import io.github.camellva.tools.recording.v1.Record;
import io.github.camellva.tools.recording.v1.SessionBegan;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to a file, and continues in another when that is full. Each file can be read on its own: it repeats how the
 * sessions began that are still open. What cannot be written whole is taken back, so that a full disk never leaves half a record
 * behind. For one thread.
 */
public final class RecordingWriter implements RecordTarget {

    public static final String FORMAT = "lva-recording";
    public static final int VERSION = 1;

    private final Path first;
    private final long maxFileBytes;
    private final String extension;
    private final LongSupplier clock;
    private final Map<Long, Beginning> open = new LinkedHashMap<>();
    private int part;
    private @Nullable FileChannel channel;
    private @Nullable OutputStream stream;
    private long end;
    /** Something is missing in the current file. */
    private boolean incomplete;

    /**
     * Begins the first file; it must not exist.
     *
     * @param first        its path; the next ones have {@code -2}, {@code -3}, … before the extension of the name
     * @param maxFileBytes when to begin another file
     * @param extension    host and port of the extension
     * @param clock        nanoseconds since 1970
     */
    public RecordingWriter(Path first, long maxFileBytes, String extension, LongSupplier clock) throws IOException {
        this.first = first;
        this.maxFileBytes = maxFileBytes;
        this.extension = extension;
        this.clock = clock;
        openNextFile();
        beginFile();
    }

    /**
     * Appends a record, whole or not at all. After a failure the next one that succeeds first repeats how the open sessions began,
     * since that may be what was lost.
     */
    @Override
    public void write(Entry entry) throws IOException {
        remember(entry.record());
        boolean written = false;
        try {
            if (end > 0 && end + entry.bytes() > maxFileBytes) {
                openNextFile();
            }
            if (end == 0) {
                beginFile();
            } else if (incomplete) {
                repeatBeginnings();
            }
            append(entry);
            written = true;
        } finally {
            incomplete = !written;
        }
    }

    /** Where the current file is. */
    public Path file() {
        return part(part);
    }

    /** How long the current file is, bytes. */
    public long length() {
        return end;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private void append(Record record) throws IOException {
        append(Entry.of(record));
    }

    private void append(Entry entry) throws IOException {
        boolean whole = false;
        try {
            if (entry.message().isEmpty()) {
                entry.record().writeDelimitedTo(stream);
            } else {
                writeGathered(entry);
            }
            whole = true;
        } finally {
            if (whole) {
                end = channel.position();
            } else {
                channel.truncate(end);
            }
        }
    }

    /** The message is not copied: what must stand before it is written in front of the buffers that it is in. */
    private void writeGathered(Entry entry) throws IOException {
        List<ByteBuffer> buffers = new ArrayList<>();
        buffers.add(beforeMessage(entry.record().getMessage(), entry.message().size()));
        buffers.addAll(entry.message().asReadOnlyByteBufferList());
        ByteBuffer[] parts = buffers.toArray(ByteBuffer[]::new);
        long missing = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        while (missing > 0) {
            missing -= channel.write(parts);
        }
    }

    /** The record's length, and all of the record but the bytes of its message. */
    private static ByteBuffer beforeMessage(Message fields, int messageBytes) throws IOException {
        int fieldsBytes = fields.getSerializedSize();
        int innerBytes = fieldsBytes + fieldHeadBytes(Message.MESSAGE_FIELD_NUMBER, messageBytes) + messageBytes;
        int recordBytes = fieldHeadBytes(Record.MESSAGE_FIELD_NUMBER, innerBytes) + innerBytes;
        byte[] head = new byte[CodedOutputStream.computeUInt32SizeNoTag(recordBytes) + recordBytes - messageBytes];
        CodedOutputStream output = CodedOutputStream.newInstance(head);
        output.writeUInt32NoTag(recordBytes);
        output.writeTag(Record.MESSAGE_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        output.writeUInt32NoTag(innerBytes);
        fields.writeTo(output);
        output.writeTag(Message.MESSAGE_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        output.writeUInt32NoTag(messageBytes);
        output.checkNoSpaceLeft();
        return ByteBuffer.wrap(head);
    }

    private static int fieldHeadBytes(int field, int bytes) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(bytes);
    }

    private void openNextFile() throws IOException {
        Path next = part(part + 1);
        FileChannel opened = FileChannel.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileChannel full = channel;
        channel = opened;
        stream = Channels.newOutputStream(opened);
        end = 0;
        part++;
        if (full != null) {
            full.close();
        }
    }

    /** Until this has been written, a full disk leaves the file empty. */
    private void beginFile() throws IOException {
        append(Record.newBuilder()
                .setFileBegan(FileBegan.newBuilder()
                        .setFormat(FORMAT).setVersion(VERSION).setPart(part).setTime(clock.getAsLong()).setExtension(extension))
                .build());
        repeatBeginnings();
    }

    private void repeatBeginnings() throws IOException {
        for (Beginning beginning : open.values()) {
            beginning.repeat();
        }
    }

    private Path part(int number) {
        String name = first.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String suffix = dot > 0 ? name.substring(dot) : "";
        return number == 1 ? first : first.resolveSibling(stem + "-" + number + suffix);
    }

    private void remember(Record record) {
        switch (record.getContentCase()) {
            case SESSION_BEGAN -> open.put(record.getSessionBegan().getSession(), new Beginning(record.getSessionBegan()));
            case SESSION_ENDED -> open.remove(record.getSessionEnded().getSession());
            case MESSAGE -> {
                Beginning beginning = open.get(record.getMessage().getSession());
                if (beginning != null) {
                    beginning.add(record);
                }
            }
            default -> {
                // nothing that another file would need
            }
        }
    }

    /** How a session began: what each file that has its messages must tell. */
    private final class Beginning {

        private final SessionBegan began;
        private @Nullable Record nodesDescriptor;
        private @Nullable Record extensionsDescriptor;

        Beginning(SessionBegan began) {
            this.began = began;
        }

        void add(Record record) {
            Message message = record.getMessage();
            if (!message.getMessage().hasMediaStreamDescriptor()) {
                return;
            }
            if (message.getDirection() == Direction.TO_EXTENSION) {
                nodesDescriptor = record;
            } else {
                extensionsDescriptor = record;
            }
        }

        void repeat() throws IOException {
            append(Record.newBuilder().setSessionBegan(began.toBuilder().setContinued(true)).build());
            if (nodesDescriptor != null) {
                append(nodesDescriptor);
            }
            if (extensionsDescriptor != null) {
                append(extensionsDescriptor);
            }
        }
    }
}
