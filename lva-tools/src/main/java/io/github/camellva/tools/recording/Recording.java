package io.github.camellva.tools.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.google.protobuf.ByteString;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.CommandException;
import io.github.camellva.tools.recording.v1.LeftOut;
import io.github.camellva.tools.recording.v1.Message;
import io.github.camellva.tools.recording.v1.Record;
import io.github.camellva.tools.recording.v1.SessionBegan;
import io.github.camellva.tools.recording.v1.SessionEnded;

/** A recording of one or more files, heard from the beginning to the end. What a later file repeats of an earlier one is left out. */
public final class Recording {

    private final List<Path> files;
    private final Set<Long> begun = new HashSet<>();
    private long cutBytes;

    /** Hears what a recording has, in its order. */
    public interface Listener {

        void began(SessionBegan session) throws IOException, InterruptedException;

        void message(Message message) throws IOException, InterruptedException;

        void ended(SessionEnded session) throws IOException, InterruptedException;

        /** Messages passed here that were not written down. */
        void leftOut(LeftOut gap) throws IOException, InterruptedException;
    }

    /** @param files in their order */
    public Recording(List<Path> files) {
        this.files = List.copyOf(files);
    }

    /** The frame that a message carries or refers to; empty if it has none, or it was not recorded. */
    public static Optional<ByteString> frameOf(Message message) {
        MediaStreamMessage sent = message.getMessage();
        MediaSample sample = sent.getMediaSample();
        if (sample.hasContentBytes()) {
            return Optional.of(sample.getContentBytes().getBytes());
        }
        return Optional.of(message.getSharedMemoryContent()).filter(content -> !content.isEmpty());
    }

    /** Reads all of it. */
    public void read(Listener listener) throws InterruptedException {
        for (Path file : files) {
            try (RecordingReader reader = new RecordingReader(file)) {
                for (Optional<Record> record = reader.next(); record.isPresent(); record = reader.next()) {
                    tell(record.get(), listener);
                }
                cutBytes += reader.cutBytes();
            } catch (java.nio.file.NoSuchFileException e) {
                throw new CommandException("there is no file " + file, e);
            } catch (IOException e) {
                throw new CommandException(e.getMessage(), e);
            }
        }
    }

    /** Bytes at the ends of files that are no whole record: their writer was killed. Known when all is read. */
    public long cutBytes() {
        return cutBytes;
    }

    private void tell(Record record, Listener listener) throws IOException, InterruptedException {
        switch (record.getContentCase()) {
            case SESSION_BEGAN -> {
                if (begun.add(record.getSessionBegan().getSession())) {
                    listener.began(record.getSessionBegan());
                }
            }
            case MESSAGE -> listener.message(record.getMessage());
            case SESSION_ENDED -> {
                // later files do not repeat it
                begun.remove(record.getSessionEnded().getSession());
                listener.ended(record.getSessionEnded());
            }
            case LEFT_OUT -> listener.leftOut(record.getLeftOut());
            default -> {
                // of a later version: nothing that this one could tell
            }
        }
    }
}
