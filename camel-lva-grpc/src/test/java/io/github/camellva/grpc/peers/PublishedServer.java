package io.github.camellva.grpc.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.Messages;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaGraphExtensionGrpc.MediaGraphExtensionImplBase;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import io.github.camellva.proto.VideoFrameSampleFormat.PixelFormat;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/**
 * A published extension server, as far as a node can tell. Every subclass is one of them; its methods are what the servers
 * differ in. What is here is what most of them do.
 */
public abstract class PublishedServer implements AutoCloseable {

    private static final int DEFAULT_MAX_MESSAGE_BYTES = 4 << 20;
    private static final Set<PixelFormat> READ_BY_MOST = Set.of(PixelFormat.RGBA, PixelFormat.RGB24, PixelFormat.BGR24);

    private final Path sharedMemoryDirectory;
    private final Losses losses = new Losses();
    private final Queue<ServerCallStreamObserver<?>> pending = new ArrayDeque<>();
    private int served;
    private Server server;

    PublishedServer(Path sharedMemoryDirectory) {
        this.sharedMemoryDirectory = sharedMemoryDirectory;
    }

    /** Loses that share of the replies to samples; the same ones for the same seed. */
    public PublishedServer losing(int percent, long seed) {
        losses.lose(percent, seed);
        return this;
    }

    /** How many replies were lost on purpose. */
    public int lost() {
        return losses.count();
    }

    /** Listens on a free port of this machine. */
    public PublishedServer start() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                // not on the network's threads, which all servers and nodes of this JVM share: some hang when they open a pipe
                // the limit is checked here, since published servers name it where this one would reset the stream
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .addService(new Service())
                .build()
                .start();
        return this;
    }

    public int port() {
        return server.getPort();
    }

    /** Is gone at once, whatever it was doing. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it finds in a frame: an object whose tag tells the first and the last byte. */
    public static Inference findingIn(byte[] frame) {
        return Messages.entity("first byte " + frame[0] + " last " + frame[frame.length - 1]);
    }

    /** Announces frames of about so many bytes that it accepts. */
    public MediaStreamDescriptor descriptor(int frameBytes) {
        return Messages.rawDescriptor(PixelFormat.BGR24, 4, frameBytes / 12, 0).build();
    }

    /** A frame that it accepts; those of other seeds differ. */
    public byte[] frame(int frameBytes, int seed) {
        return Messages.pixels(frameBytes, seed);
    }

    /** The number of a reply: to the descriptor if {@code index} is 0, otherwise to a sample. */
    abstract long numberOf(long index);

    /** The number that the reply to the descriptor acknowledges. */
    long ackOfDescriptor(long number) {
        return number;
    }

    long replyTimestamp(MediaSample sample) {
        return sample.getTimestamp();
    }

    int maxMessageBytes() {
        return DEFAULT_MAX_MESSAGE_BYTES;
    }

    /** More streams stay pending. */
    abstract int streamsAtOnce();

    /** How shared memory is opened, as {@link java.io.RandomAccessFile} has it. */
    String sharedMemoryMode() {
        return "rw";
    }

    /**
     * @throws IllegalArgumentException if it does not serve the format
     */
    void check(VideoFrameSampleFormat format) {
        require(format.getEncoding() == Encoding.RAW, "encoding " + format.getEncoding());
        PixelFormat pixels = format.getPixelFormat();
        require(READ_BY_MOST.contains(pixels), "pixel format " + pixels);
    }

    /** The part of a sample's content that it looks at; throws what it throws for one that it cannot read. */
    ByteBuffer picture(ByteBuffer content, VideoFrameSampleFormat format) {
        return content;
    }

    /** When the replies of a stream come. */
    abstract Answering answering(Replies replies);

    /** The end of a stream whose descriptor could not be used; empty if the server says nothing. */
    abstract Optional<Status> descriptorFailed(Exception cause);

    /** The end of a stream with a sample that could not be used; empty if the server says nothing. */
    abstract Optional<Status> sampleFailed(Exception cause);

    static void require(boolean served, String what) {
        if (!served) {
            throw new IllegalArgumentException(what + " is not supported");
        }
    }

    private synchronized void enter(ServerCallStreamObserver<?> call) {
        if (served < streamsAtOnce()) {
            served++;
            call.request(1);
        } else {
            pending.add(call);
        }
    }

    private synchronized void leave(ServerCallStreamObserver<?> call) {
        if (!pending.remove(call)) {
            served--;
            if (!pending.isEmpty()) {
                enter(pending.remove());
            }
        }
    }

    private final class Service extends MediaGraphExtensionImplBase {

        @Override
        public StreamObserver<MediaStreamMessage> processMediaStream(StreamObserver<MediaStreamMessage> responses) {
            ServerCallStreamObserver<MediaStreamMessage> call = (ServerCallStreamObserver<MediaStreamMessage>) responses;
            call.disableAutoRequest();
            call.setOnCloseHandler(() -> leave(call));
            call.setOnCancelHandler(() -> leave(call));
            enter(call);
            return new Stream(call);
        }
    }

    private final class Stream implements StreamObserver<MediaStreamMessage> {

        private final ServerCallStreamObserver<MediaStreamMessage> call;
        private final Replies replies;
        private final Answering answering;
        private Content content;

        Stream(ServerCallStreamObserver<MediaStreamMessage> call) {
            this.call = call;
            this.replies = new Replies(call, PublishedServer.this::numberOf, losses);
            this.answering = answering(replies);
        }

        @Override
        public void onNext(MediaStreamMessage request) {
            int length = request.getSerializedSize();
            if (length > maxMessageBytes()) {
                replies.end(Status.RESOURCE_EXHAUSTED.withDescription(
                        "Received message larger than max (" + length + " vs. " + maxMessageBytes() + ")"));
                return;
            }
            if (request.hasMediaStreamDescriptor()) {
                onDescriptor(request);
            } else {
                onSample(request);
            }
            call.request(1);
        }

        @Override
        public void onError(Throwable cause) {
            // the node is gone, and so is the stream
        }

        @Override
        public void onCompleted() {
            answering.endOfRequests();
        }

        private void onDescriptor(MediaStreamMessage request) {
            MediaStreamDescriptor descriptor = request.getMediaStreamDescriptor();
            try {
                check(descriptor.getMediaDescriptor().getVideoFrameSampleFormat());
                content = Content.of(descriptor, sharedMemoryDirectory, sharedMemoryMode());
            } catch (IOException | RuntimeException e) {
                descriptorFailed(e).ifPresent(replies::end);
                return;
            }
            replies.descriptor(MediaStreamMessage.newBuilder()
                    .setAckSequenceNumber(ackOfDescriptor(request.getSequenceNumber()))
                    .setMediaStreamDescriptor(MediaStreamDescriptor.newBuilder()
                            .setMediaDescriptor(MediaDescriptor.newBuilder()
                                    .setTimescale(descriptor.getMediaDescriptor().getTimescale()))));
        }

        private void onSample(MediaStreamMessage request) {
            MediaSample sample = request.getMediaSample();
            byte[] frame;
            try {
                ByteBuffer picture = picture(content.of(sample), content.format());
                frame = new byte[picture.remaining()];
                picture.get(frame);
            } catch (RuntimeException e) {
                sampleFailed(e).ifPresent(replies::end);
                return;
            }
            answering.answer(MediaStreamMessage.newBuilder()
                    .setAckSequenceNumber(request.getSequenceNumber())
                    .setMediaSample(MediaSample.newBuilder()
                            .setTimestamp(replyTimestamp(sample)).addInferences(findingIn(frame))));
        }
    }
}
