package io.github.camellva.grpc.peers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

import io.github.camellva.grpc.Messages;
import io.github.camellva.proto.Dimensions;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.grpc.Status;

/**
 * Microsoft's Python YOLO: takes only JPG, PNG and BMP pictures of 416 x 416 pixels, and says nothing of those that it cannot
 * decode: their ack never comes.
 */
public final class YoloServer extends PublishedServer {

    private static final int SIDE = 416;
    private static final byte[] JPG_START = { (byte) 0xff, (byte) 0xd8, (byte) 0xff };

    public YoloServer(Path sharedMemoryDirectory) {
        super(sharedMemoryDirectory);
    }

    @Override
    public MediaStreamDescriptor descriptor(int frameBytes) {
        return Messages.descriptor(VideoFrameSampleFormat.newBuilder().setEncoding(Encoding.JPG)
                .setDimensions(Dimensions.newBuilder().setWidth(SIDE).setHeight(SIDE))).build();
    }

    @Override
    public byte[] frame(int frameBytes, int seed) {
        return ByteBuffer.wrap(super.frame(frameBytes, seed)).put(JPG_START).array();
    }

    @Override
    long numberOf(long index) {
        return index + 1;
    }

    @Override
    int streamsAtOnce() {
        return 3;
    }

    @Override
    void check(VideoFrameSampleFormat format) {
        require(format.getEncoding() != Encoding.RAW, "encoding RAW");
        int width = format.getDimensions().getWidth();
        int height = format.getDimensions().getHeight();
        require(width == SIDE && height == SIDE, width + " x " + height + " pixels");
    }

    @Override
    ByteBuffer picture(ByteBuffer content, VideoFrameSampleFormat format) {
        require(content.getShort(0) == startOf(format.getEncoding()), "a picture that is not " + format.getEncoding());
        return content;
    }

    @Override
    Answering answering(Replies replies) {
        return Answering.atOnce(replies);
    }

    @Override
    Optional<Status> descriptorFailed(Exception cause) {
        return Optional.of(Status.INVALID_ARGUMENT.withDescription(cause.getMessage()));
    }

    @Override
    Optional<Status> sampleFailed(Exception cause) {
        return Optional.empty();
    }

    /** The first two bytes of every picture of an encoding. */
    private static short startOf(Encoding encoding) {
        return (short) switch (encoding) {
            case JPG -> 0xffd8;
            case PNG -> 0x8950;
            default -> 'B' << 8 | 'M';
        };
    }
}
