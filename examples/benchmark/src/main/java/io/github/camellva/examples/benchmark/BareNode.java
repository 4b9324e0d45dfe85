package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.github.camellva.proto.GraphIdentifier;
import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;

/** A node written with grpc-java and the generated classes; it trusts its server. */
final class BareNode extends Node {

    private static final int OPEN_SECONDS = 30;
    private static final int TIMESCALE = 90_000;

    private final UnaryOperator<NettyChannelBuilder> threads;

    /** @param threads chooses those that answers come on */
    BareNode(UnaryOperator<NettyChannelBuilder> threads) {
        this.threads = threads;
    }

    @Override
    Camera camera(int port, Frames frames, Meter meter) throws IOException {
        SharedFrames memory = frames.load().transfer().isShared() ? SharedFrames.create(frames) : null;
        NettyChannelBuilder channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext();
        return new Session(threads.apply(channel).build(), frames, memory, meter);
    }

    /** Synchronized because the first frames are sent by another thread than the rest. */
    private static final class Session extends Camera implements StreamObserver<MediaStreamMessage> {

        private final ManagedChannel channel;
        private final SharedFrames memory;
        private final StreamObserver<MediaStreamMessage> requests;
        private final CountDownLatch opened = new CountDownLatch(1);
        /** By lane. */
        private final long[] numbers = new long[lanes()];
        private long lastNumber = 1;

        /** @param memory where the frames are; null when they are embedded */
        Session(ManagedChannel channel, Frames frames, SharedFrames memory, Meter meter) {
            super(frames, meter);
            this.channel = channel;
            this.memory = memory;
            this.requests = MediaGraphExtensionGrpc.newStub(channel).processMediaStream(this);
            requests.onNext(MediaStreamMessage.newBuilder()
                    .setSequenceNumber(lastNumber).setMediaStreamDescriptor(descriptor()).build());
        }

        @Override
        void awaitOpened() throws InterruptedException {
            if (!opened.await(OPEN_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server has not answered the descriptor within " + OPEN_SECONDS + " s");
            }
        }

        @Override
        synchronized void send(int lane) {
            long number = ++lastNumber;
            numbers[lane] = number;
            requests.onNext(MediaStreamMessage.newBuilder()
                    .setSequenceNumber(number).setMediaSample(sample(lane, number)).build());
        }

        @Override
        public void onNext(MediaStreamMessage reply) {
            if (reply.hasMediaStreamDescriptor()) {
                opened.countDown();
                return;
            }
            MediaSample sample = reply.getMediaSample();
            int lane = lane(reply.getAckSequenceNumber());
            if (lane >= 0 && !reply.hasMediaSample()) {
                notProcessed(lane);
                return;
            }
            if (lane < 0 || sample.getTimestamp() != reply.getAckSequenceNumber()) {
                failed("the answer to sample " + reply.getAckSequenceNumber() + " is none that was waited for: " + sample);
                return;
            }
            answered(lane, sample.getInferencesList());
        }

        @Override
        public void onError(Throwable cause) {
            failed(cause.toString());
        }

        @Override
        public void onCompleted() {
            // the server's answer to close()
        }

        @Override
        public void close() throws IOException {
            requests.onCompleted();
            channel.shutdown();
            if (memory != null) {
                memory.close();
            }
        }

        private synchronized int lane(long number) {
            for (int lane = 0; lane < numbers.length; lane++) {
                if (numbers[lane] == number) {
                    numbers[lane] = 0;
                    return lane;
                }
            }
            return -1;
        }

        private MediaSample sample(int lane, long timestamp) {
            MediaSample.Builder sample = MediaSample.newBuilder().setTimestamp(timestamp);
            if (memory != null) {
                if (frames().load().transfer() == Transfer.WRITE) {
                    memory.write(lane);
                }
                sample.setContentReference(memory.reference(lane));
            } else if (frames().bytes().length > 0) {
                sample.setContentBytes(frames().embedded());
            }
            return sample.build();
        }

        private MediaStreamDescriptor descriptor() {
            MediaStreamDescriptor.Builder descriptor = MediaStreamDescriptor.newBuilder()
                    .setGraphIdentifier(GraphIdentifier.newBuilder().setGraphInstanceName("benchmark").setGraphNodeName("load"))
                    .setMediaDescriptor(MediaDescriptor.newBuilder()
                            .setTimescale(TIMESCALE).setVideoFrameSampleFormat(frames().load().payload().format()));
            if (memory != null) {
                descriptor.setSharedMemoryBufferTransferProperties(memory.properties());
            }
            return descriptor.build();
        }
    }
}
