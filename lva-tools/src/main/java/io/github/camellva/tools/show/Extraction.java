package io.github.camellva.tools.show;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.google.protobuf.ByteString;
import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.tools.frames.FramePicture;
import io.github.camellva.tools.recording.Recording;
import io.github.camellva.tools.recording.v1.Direction;
import io.github.camellva.tools.recording.v1.Message;

/** Writes frames and documents as files, named by session and sequence number. */
final class Extraction {

    private final Path directory;
    private final Map<Long, MediaStreamDescriptor> descriptors = new HashMap<>();
    private long frames;
    private long documents;
    private long unreadable;

    Extraction(Path directory) {
        this.directory = directory;
    }

    long frames() {
        return frames;
    }

    long documents() {
        return documents;
    }

    void add(Message record) throws IOException {
        MediaStreamMessage message = record.getMessage();
        boolean toExtension = record.getDirection() == Direction.TO_EXTENSION;
        if (toExtension && message.hasMediaStreamDescriptor()) {
            descriptors.put(record.getSession(), message.getMediaStreamDescriptor());
        } else if (toExtension) {
            Optional<ByteString> frame = Recording.frameOf(record);
            if (frame.isPresent()) {
                writeFrame(record, frame.get());
            }
        } else if (message.hasMediaSample()) {
            MediaSample answer = message.getMediaSample();
            write(name(record.getSession(), message.getAckSequenceNumber(), "json"), ByteBuffer.wrap(
                    new InferenceDocument(answer.getTimestamp(), answer.getInferencesList()).toJsonBytes()));
            documents++;
        }
    }

    @Override
    public String toString() {
        return frames + " frames and " + documents + " documents are in " + directory
               + (unreadable == 0 ? "" : "; " + unreadable + " frames do not match their descriptor");
    }

    private void writeFrame(Message record, ByteString frame) throws IOException {
        MediaStreamDescriptor descriptor
                = descriptors.getOrDefault(record.getSession(), MediaStreamDescriptor.getDefaultInstance());
        try {
            FramePicture picture = new FramePicture(descriptor, frame.asReadOnlyByteBuffer());
            write(name(record.getSession(), record.getMessage().getSequenceNumber(), picture.fileSuffix()), picture.file());
            frames++;
        } catch (FrameException e) {
            unreadable++;
        }
    }

    private static String name(long session, long sequenceNumber, String suffix) {
        return String.format("session-%d-%06d.%s", session, sequenceNumber, suffix);
    }

    private void write(String name, ByteBuffer bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
