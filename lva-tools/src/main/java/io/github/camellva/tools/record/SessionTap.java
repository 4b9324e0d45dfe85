package io.github.camellva.tools.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.grpc.media.SharedMemoryAccess;
import io.github.camellva.grpc.media.SharedMemoryException;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.SharedMemoryBufferTransferProperties;
import io.github.camellva.tools.recording.v1.Direction;
import io.github.camellva.tools.recording.v1.Message;
import io.github.camellva.tools.recording.v1.Record;
import io.github.camellva.tools.recording.v1.SessionBegan;
import io.github.camellva.tools.recording.v1.SessionEnded;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Hears what passes in one session, and tells the recorder. A frame in shared memory is read before the extension learns of it: as
 * soon as it has acknowledged the frame, the node may write the next one there.
 * <p>
 * Each direction is heard by one thread at a time; the end may come beside either.
 */
final class SessionTap {

    private static final String UNHEARD = "the recorder had no memory for a message";

    private final long session;
    private final Recorder recorder;
    private final LongSupplier clock;
    private final Path sharedMemoryDirectory;
    private final int maxFrameBytes;
    @GuardedBy("this")
    private @Nullable SharedMemory memory;
    @GuardedBy("this")
    private long memoryBytes;
    @GuardedBy("this")
    private boolean ended;
    @GuardedBy("this")
    private String memoryProblem = "the node has not announced shared memory";

    SessionTap(long session, Recorder recorder, LongSupplier clock, Path sharedMemoryDirectory, int maxFrameBytes) {
        this.session = session;
        this.recorder = recorder;
        this.clock = clock;
        this.sharedMemoryDirectory = sharedMemoryDirectory;
        this.maxFrameBytes = maxFrameBytes;
    }

    void began(String node) {
        recorder.offer(Record.newBuilder()
                .setSessionBegan(SessionBegan.newBuilder().setSession(session).setTime(clock.getAsLong()).setNode(node))
                .build());
    }

    /** Before the message goes on to the extension. Whatever goes wrong here is not the session's business. */
    void toExtension(byte[] bytes) {
        try {
            hearNode(bytes);
        } catch (Throwable e) {
            recorder.leaveOut(Record.getDefaultInstance(), UNHEARD);
        }
    }

    /** Before the message goes on to the node; as above. */
    void toNode(byte[] bytes) {
        try {
            offer(message(Direction.TO_NODE, bytes));
        } catch (Throwable e) {
            recorder.leaveOut(Record.getDefaultInstance(), UNHEARD);
        }
    }

    private void hearNode(byte[] bytes) {
        Message.Builder message = message(Direction.TO_EXTENSION, bytes);
        if (message.getMessage().hasMediaStreamDescriptor()) {
            open(message.getMessage().getMediaStreamDescriptor());
        } else if (message.getMessage().getMediaSample().hasContentReference()) {
            addRegion(message, message.getMessage().getMediaSample().getContentReference());
        }
        offer(message);
    }

    /** Nothing follows in either direction. */
    void ended(Status status) {
        release();
        SessionEnded.Builder record = SessionEnded.newBuilder()
                .setSession(session).setTime(clock.getAsLong()).setStatusCode(status.getCode().value());
        if (status.getDescription() != null) {
            record.setStatusDescription(status.getDescription());
        }
        recorder.offer(Record.newBuilder().setSessionEnded(record).build());
    }

    private synchronized void release() {
        ended = true;
        if (memory != null) {
            memory.release();
            memory = null;
        }
    }

    private Message.Builder message(Direction direction, byte[] bytes) {
        Message.Builder message = Message.newBuilder().setSession(session).setTime(clock.getAsLong()).setDirection(direction);
        try {
            CodedInputStream input = CodedInputStream.newInstance(bytes);
            // the frame stays where it is: nobody changes the array
            input.enableAliasing(true);
            return message.setMessage(MediaStreamMessage.parseFrom(input));
        } catch (InvalidProtocolBufferException e) {
            return message.setMalformed(UnsafeByteOperations.unsafeWrap(bytes));
        } catch (IOException e) {
            throw new AssertionError("an array is read without input or output", e);
        }
    }

    private void offer(Message.Builder message) {
        recorder.offer(Record.newBuilder().setMessage(message).build());
    }

    private synchronized void open(MediaStreamDescriptor descriptor) {
        if (!descriptor.hasSharedMemoryBufferTransferProperties() || memory != null || ended) {
            return;
        }
        SharedMemoryBufferTransferProperties announced = descriptor.getSharedMemoryBufferTransferProperties();
        try {
            memoryBytes = announced.getLengthBytes();
            memory = SharedMemory.open(
                    sharedMemoryDirectory, announced.getHandleName(), memoryBytes, SharedMemoryAccess.COPY, maxFrameBytes);
        } catch (SharedMemoryException e) {
            memoryProblem = e.getMessage();
        }
    }

    private synchronized void addRegion(Message.Builder message, ContentReference region) {
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
