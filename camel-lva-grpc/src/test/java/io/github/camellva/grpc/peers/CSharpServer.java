package io.github.camellva.grpc.peers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.grpc.Status;

/**
 * Microsoft's C# sample: its descriptor has number 0 and ack 0, its timestamps are 0, it takes messages of any size but one
 * stream at a time, takes every RAW frame for one of 24 bits a pixel, only reads shared memory, and can work in batches.
 */
public final class CSharpServer extends PublishedServer {

    private final int batch;

    public CSharpServer(Path sharedMemoryDirectory) {
        this(sharedMemoryDirectory, 1);
    }

    private CSharpServer(Path sharedMemoryDirectory, int batch) {
        super(sharedMemoryDirectory);
        this.batch = batch;
    }

    /** One that acks every frame at once without findings, except each {@code frames}-th: there are those of all of them. */
    public static CSharpServer inBatchesOf(int frames, Path sharedMemoryDirectory) {
        return new CSharpServer(sharedMemoryDirectory, frames);
    }

    @Override
    long numberOf(long index) {
        return index;
    }

    @Override
    long ackOfDescriptor(long number) {
        return 0;
    }

    @Override
    long replyTimestamp(MediaSample sample) {
        return 0;
    }

    @Override
    int maxMessageBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    int streamsAtOnce() {
        return 1;
    }

    @Override
    String sharedMemoryMode() {
        return "r";
    }

    @Override
    void check(VideoFrameSampleFormat format) {
        require(format.getEncoding() == Encoding.RAW, "encoding " + format.getEncoding());
    }

    @Override
    ByteBuffer picture(ByteBuffer content, VideoFrameSampleFormat format) {
        return content.slice(0, format.getDimensions().getWidth() * format.getDimensions().getHeight() * 3);
    }

    @Override
    Answering answering(Replies replies) {
        return batch == 1 ? Answering.atOnce(replies) : new Batches(batch, replies);
    }

    @Override
    Optional<Status> descriptorFailed(Exception cause) {
        return Optional.of(status(cause));
    }

    @Override
    Optional<Status> sampleFailed(Exception cause) {
        return Optional.of(status(cause));
    }

    private static Status status(Exception cause) {
        if (cause instanceof IllegalArgumentException) {
            return Status.INVALID_ARGUMENT.withDescription(cause.getMessage());
        } else if (cause instanceof IndexOutOfBoundsException) {
            return Status.OUT_OF_RANGE.withDescription("the frame is not inside its content");
        }
        return Status.UNKNOWN.withDescription("Exception was thrown by handler.");
    }
}
