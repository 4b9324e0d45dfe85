package io.github.camellva.examples.benchmark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camellva.proto.ContentBytes;
import io.github.camellva.proto.ContentReference;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;

/**
 * A node that keeps the same number of frames in flight: whenever one is answered, it sends the next. It runs on its connection's
 * thread alone, but for what opens and closes it.
 */
final class NodeSession implements StreamObserver<MediaStreamMessage>, AutoCloseable {

    private static final int OPEN_SECONDS = 30;
    private static final int LAST_ANSWERS_SECONDS = 10;

    private final ManagedChannel channel;
    private final Load load;
    private final ContentBytes embedded;
    private final SharedFrames memory;
    private final Inference expected;
    private final Meter meter;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final StreamObserver<MediaStreamMessage> requests;
    /** By the sample's number, modulo its length: when it was sent; 0 when it is answered. */
    private final long[] sentNanos;
    private long lastSent = 1;
    private volatile int unanswered;
    private volatile boolean finishing;

    /**
     * @param embedded the content of each sample, when it is embedded
     * @param memory   where the frames are, when they are shared; to be closed by this
     * @param expected what is to be found in each
     */
    NodeSession(int port, Load load, ContentBytes embedded, SharedFrames memory, Inference expected, Meter meter) {
        this.load = load;
        this.embedded = embedded;
        this.memory = memory;
        this.expected = expected;
        this.meter = meter;
        // answers come in order, so that the numbers of unanswered samples lie side by side
        this.sentNanos = new long[load.inFlight()];
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor().build();
        this.requests = MediaGraphExtensionGrpc.newStub(channel).processMediaStream(this);
    }

    void open() {
        requests.onNext(MediaStreamMessage.newBuilder().setSequenceNumber(1)
                .setMediaStreamDescriptor(Descriptors.of(load, memory)).build());
    }

    void awaitOpened() throws InterruptedException {
        if (!opened.await(OPEN_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server has not answered a descriptor within " + OPEN_SECONDS + " s");
        }
    }

    /** Sends no more; answers still come. */
    void finish() {
        finishing = true;
    }

    /** @return how many samples were not answered in time */
    int awaitAnswers() throws InterruptedException {
        finished.await(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
        return unanswered;
    }

    @Override
    public void onNext(MediaStreamMessage reply) {
        if (reply.hasMediaStreamDescriptor()) {
            opened.countDown();
            for (int i = 0; i < load.inFlight(); i++) {
                send();
            }
            return;
        }
        receive(reply);
        if (!finishing) {
            send();
        } else if (unanswered == 0) {
            finished.countDown();
        }
    }

    @Override
    public void onError(Throwable cause) {
        if (!finishing) {
            meter.wrong(cause.toString());
        }
        finished.countDown();
    }

    @Override
    public void onCompleted() {
        finished.countDown();
    }

    @Override
    public void close() {
        requests.onCompleted();
        channel.shutdown();
        if (memory != null) {
            memory.close();
        }
    }

    private void receive(MediaStreamMessage reply) {
        long number = reply.getAckSequenceNumber();
        int index = (int) (number % sentNanos.length);
        long sent = sentNanos[index];
        if (sent == 0) {
            meter.wrong("sample " + number + " is acknowledged, which is none that waits");
            return;
        }
        sentNanos[index] = 0;
        unanswered--;
        MediaSample sample = reply.getMediaSample();
        if (sample.getTimestamp() != number || sample.getInferencesCount() != 1 || !sample.getInferences(0).equals(expected)) {
            meter.wrong("the answer to sample " + number + " is not its own: " + sample);
            return;
        }
        meter.answered(System.nanoTime() - sent);
    }

    private void send() {
        long number = ++lastSent;
        MediaSample.Builder sample = MediaSample.newBuilder().setTimestamp(number);
        if (memory != null) {
            sample.setContentReference(reference(number));
        } else if (embedded != null) {
            sample.setContentBytes(embedded);
        }
        unanswered++;
        sentNanos[(int) (number % sentNanos.length)] = System.nanoTime();
        requests.onNext(MediaStreamMessage.newBuilder().setSequenceNumber(number).setMediaSample(sample).build());
    }

    private ContentReference reference(long number) {
        return ContentReference.newBuilder()
                .setAddressOffset(memory.offset((int) (number % load.inFlight()))).setLengthBytes(load.payload().bytes()).build();
    }
}
