package io.github.camellva.tools.check.extension;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.file.Path;

import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.Inference.InferenceType;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaGraphExtensionGrpc.MediaGraphExtensionImplBase;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.Rectangle;
import io.github.camellva.proto.Tag;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;

/** What a reader of the published articles would write with grpc-java in an hour. */
final class NaiveServer extends MediaGraphExtensionImplBase implements AutoCloseable {

    private final Path memoryDirectory;
    private final Server server;

    NaiveServer(Path memoryDirectory) throws IOException {
        this.memoryDirectory = memoryDirectory;
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)).addService(this).build().start();
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    @Override
    public StreamObserver<MediaStreamMessage> processMediaStream(StreamObserver<MediaStreamMessage> answers) {
        return new StreamObserver<>() {

            private RandomAccessFile memory;
            private long sequence;

            @Override
            public void onNext(MediaStreamMessage message) {
                MediaStreamMessage.Builder answer = MediaStreamMessage.newBuilder().setSequenceNumber(++sequence)
                        .setAckSequenceNumber(message.getSequenceNumber());
                if (message.hasMediaStreamDescriptor()) {
                    open(message.getMediaStreamDescriptor());
                    answer.setMediaStreamDescriptor(MediaStreamDescriptor.newBuilder().setMediaDescriptor(MediaDescriptor.newBuilder()
                            .setTimescale(message.getMediaStreamDescriptor().getMediaDescriptor().getTimescale())));
                } else {
                    MediaSample sample = message.getMediaSample();
                    answer.setMediaSample(MediaSample.newBuilder().setTimestamp(sample.getTimestamp())
                            .addInferences(look(sample.hasContentReference() ? read(sample) : sample.getContentBytes().getBytes().toByteArray())));
                }
                answers.onNext(answer.build());
            }

            @Override
            public void onError(Throwable failure) {
                // the node is gone
            }

            @Override
            public void onCompleted() {
                answers.onCompleted();
            }

            private void open(MediaStreamDescriptor descriptor) {
                if (descriptor.hasSharedMemoryBufferTransferProperties()) {
                    try {
                        memory = new RandomAccessFile(memoryDirectory.resolve(
                                descriptor.getSharedMemoryBufferTransferProperties().getHandleName()).toFile(), "rw");
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }

            private byte[] read(MediaSample sample) {
                try {
                    byte[] frame = new byte[(int) sample.getContentReference().getLengthBytes()];
                    memory.seek(sample.getContentReference().getAddressOffset());
                    memory.readFully(frame);
                    return frame;
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    static Inference look(byte[] frame) {
        return Inference.newBuilder().setType(InferenceType.ENTITY).setEntity(Entity.newBuilder()
                .setTag(Tag.newBuilder().setValue("frame of " + frame.length + " bytes, first " + (frame.length == 0 ? 0 : frame[0]))
                        .setConfidence(0.5f))
                .setBox(Rectangle.newBuilder().setL(0.25f).setT(0.25f).setW(0.5f).setH(0.5f))).build();
    }
}
