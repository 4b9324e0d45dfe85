package io.github.camellva.tools.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongSupplier;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.grpc.media.SharedMemoryException;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;
import io.github.camellva.tools.recording.Entry;
import io.github.camellva.tools.recording.v1.Direction;
import io.github.camellva.tools.recording.v1.Message;
import io.github.camellva.tools.recording.v1.Record;
import io.github.camellva.tools.recording.v1.SessionBegan;
import io.github.camellva.tools.recording.v1.SessionEnded;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Hears what passes in one session, and tells the recorder. A frame in shared memory is read before the extension learns of it: as
 * soon as it has acknowledged the frame, the node may write the next one there. For one thread.
 */
final class SessionTap {

    private static final int MAX_DESCRIPTION_LENGTH = 1000;

    private final long session;
    private final Recorder recorder;
    private final LongSupplier clock;
    private final Path sharedMemoryDirectory;
    private final int maxMessageBytes;
    private final Runnable atEnd;
    private final Side node;
    private final Side extension;
    private @Nullable SharedMemory memory;
    private long memoryBytes;
    private String memoryProblem = "the node has not announced shared memory";

    /** @param atEnd when nothing follows */
    SessionTap(
            long session, Recorder recorder, LongSupplier clock, Path sharedMemoryDirectory, int maxMessageBytes,
            Runnable atEnd) {
        this.session = session;
        this.recorder = recorder;
        this.clock = clock;
        this.sharedMemoryDirectory = sharedMemoryDirectory;
        this.maxMessageBytes = maxMessageBytes;
        this.atEnd = atEnd;
        this.node = new Side(Direction.TO_EXTENSION);
        this.extension = new Side(Direction.TO_NODE);
    }

    /** False if there is no room for it: then the session is not to be heard at all. */
    boolean began(String address) {
        return recorder.offer(Record.newBuilder()
                .setSessionBegan(SessionBegan.newBuilder().setSession(session).setTime(clock.getAsLong()).setNode(address))
                .build());
    }

    /** What the node says. */
    Side node() {
        return node;
    }

    /** What the extension says. */
    Side extension() {
        return extension;
    }

    /** Nothing follows in either direction. */
    void ended(Status status) {
        node.messages.release();
        extension.messages.release();
        if (memory != null) {
            memory.release();
        }
        SessionEnded.Builder record = SessionEnded.newBuilder()
                .setSession(session).setTime(clock.getAsLong()).setStatusCode(status.getCode().value());
        String description = status.getDescription();
        if (description != null) {
            record.setStatusDescription(description.substring(0, Math.min(description.length(), MAX_DESCRIPTION_LENGTH)));
        }
        recorder.offerEnd(Record.newBuilder().setSessionEnded(record).build());
        atEnd.run();
    }

    /** One side of the conversation. */
    final class Side {

        private final Direction direction;
        private final MessageAssembler messages;
        private @Nullable Decompressor decompressor;

        private Side(Direction direction) {
            this.direction = direction;
            this.messages = new MessageAssembler(recorder, maxMessageBytes, this::hear);
        }

        /** Before any data. */
        void encoding(@Nullable CharSequence name) {
            decompressor = name == null ? null : DecompressorRegistry.getDefaultInstance().lookupDecompressor(name.toString());
        }

        /** Before the data is passed on. */
        void data(ByteBuf chunk, int from, int length) {
            messages.read(chunk, from, length);
        }

        private void hear(Payload payload, boolean compressed) {
            boolean kept = false;
            try {
                Message.Builder message = Message.newBuilder()
                        .setSession(session).setTime(clock.getAsLong()).setDirection(direction);
                kept = compressed ? hearCompressed(payload.bytes(), message) : hear(payload, message);
            } finally {
                if (!kept) {
                    payload.release();
                }
            }
        }

        /** Returns whether the recorder has the payload now. */
        private boolean hear(Payload payload, Message.Builder message) {
            ByteString bytes = payload.bytes();
            if (payload.isCopied()) {
                payload.release();
                hearWhole(bytes, message);
                return false;
            }
            try {
                look(parse(bytes), message);
            } catch (IOException e) {
                offer(message.setMalformed(ByteString.copyFrom(bytes.toByteArray())));
                return false;
            }
            recorder.offer(new Entry(Record.newBuilder().setMessage(message).build(), bytes, payload::release));
            return true;
        }

        private boolean hearCompressed(ByteString bytes, Message.Builder message) {
            try {
                hearWhole(decompressed(bytes), message);
            } catch (IOException e) {
                offer(message.setMalformed(ByteString.copyFrom(bytes.toByteArray())));
            }
            return false;
        }

        /** What is not in the network's buffers can be kept as it is. */
        private void hearWhole(ByteString bytes, Message.Builder message) {
            try {
                MediaStreamMessage heard = parse(bytes);
                look(heard, message);
                offer(message.setMessage(heard));
            } catch (IOException e) {
                offer(message.setMalformed(bytes));
            }
        }

        private ByteString decompressed(ByteString bytes) throws IOException {
            if (decompressor == null) {
                throw new IOException("compressed in a way that is not known");
            }
            try (InputStream stream = decompressor.decompress(bytes.newInput())) {
                byte[] message = stream.readNBytes(maxMessageBytes);
                if (stream.read() >= 0) {
                    throw new IOException("too large");
                }
                return UnsafeByteOperations.unsafeWrap(message);
            }
        }
    }

    private static MediaStreamMessage parse(ByteString bytes) throws IOException {
        CodedInputStream input = bytes.newCodedInput();
        // the frame stays where it is
        input.enableAliasing(true);
        return MediaStreamMessage.parseFrom(input);
    }

    private void offer(Message.Builder message) {
        recorder.offer(Record.newBuilder().setMessage(message).build());
    }

    /** Follows what the node has in shared memory. */
    private void look(MediaStreamMessage heard, Message.Builder message) {
        if (message.getDirection() != Direction.TO_EXTENSION) {
            return;
        }
        if (heard.hasMediaStreamDescriptor()) {
            open(heard.getMediaStreamDescriptor());
        } else if (heard.getMediaSample().hasContentReference()) {
            addRegion(message, heard.getMediaSample().getContentReference());
        }
    }

    private void open(MediaStreamDescriptor descriptor) {
        if (!descriptor.hasSharedMemoryBufferTransferProperties() || memory != null) {
            return;
        }
        SharedMemoryBufferTransferProperties announced = descriptor.getSharedMemoryBufferTransferProperties();
        try {
            memoryBytes = announced.getLengthBytes();
            memory = SharedMemory.open(
                    sharedMemoryDirectory, announced.getHandleName(), memoryBytes, SharedMemoryAccess.COPY, maxMessageBytes);
        } catch (SharedMemoryException e) {
            memoryProblem = e.getMessage();
        }
    }

    private void addRegion(Message.Builder message, ContentReference region) {
        if (memory == null) {
            message.setSharedMemoryProblem(memoryProblem);
            return;
        }
        try {
            // some nodes' references are a byte longer than their buffer
            long inBuffer = memoryBytes - region.getAddressOffset();
            long length = Math.min(region.getLengthBytes(), inBuffer < 0 ? region.getLengthBytes() : inBuffer);
            if (length < 1) {
                message.setSharedMemoryProblem("the reference has a length of " + Long.toUnsignedString(region.getLengthBytes()));
                return;
            }
            message.setSharedMemoryContent(UnsafeByteOperations.unsafeWrap(
                    memory.read(region.getAddressOffset(), Math.toIntExact(length))));
        } catch (FrameException | ArithmeticException e) {
            message.setSharedMemoryProblem(e.getMessage());
        }
    }
}
