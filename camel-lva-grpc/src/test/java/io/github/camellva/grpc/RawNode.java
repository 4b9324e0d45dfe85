package io.github.camellva.grpc;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;

/** A node that sends whatever it is told over real gRPC, right or wrong, and keeps what comes back. */
public final class RawNode implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final ManagedChannel owned;
    private final BlockingQueue<MediaStreamMessage> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private ClientCallStreamObserver<MediaStreamMessage> requests;
    private long lastSent;

    private RawNode(ManagedChannel owned, Channel channel) {
        this.owned = owned;
        MediaGraphExtensionGrpc.newStub(channel)
                .processMediaStream(new ClientResponseObserver<MediaStreamMessage, MediaStreamMessage>() {
                    @Override
                    public void beforeStart(ClientCallStreamObserver<MediaStreamMessage> stream) {
                        requests = stream;
                    }

                    @Override
                    public void onNext(MediaStreamMessage message) {
                        answers.add(message);
                    }

                    @Override
                    public void onError(Throwable cause) {
                        end.complete(Status.fromThrowable(cause));
                    }

                    @Override
                    public void onCompleted() {
                        end.complete(Status.OK);
                    }
                });
    }

    /** A session on a connection of its own. */
    public static RawNode connect(int port) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        return new RawNode(channel, channel);
    }

    /** A session on a connection that others use, too. */
    public static RawNode on(Channel channel) {
        return new RawNode(null, channel);
    }

    public RawNode send(MediaStreamMessage message) {
        lastSent = message.getSequenceNumber();
        requests.onNext(message);
        return this;
    }

    public RawNode send(MediaStreamDescriptor.Builder descriptor) {
        return send(Messages.message(lastSent + 1, descriptor));
    }

    public RawNode send(MediaSample.Builder sample) {
        return send(Messages.message(lastSent + 1, sample));
    }

    /** Sends the descriptor and waits for its answer. */
    public RawNode open(MediaStreamDescriptor.Builder descriptor) {
        send(descriptor);
        receive();
        return this;
    }

    public void halfClose() {
        requests.onCompleted();
    }

    public void cancel() {
        requests.cancel("test", null);
    }

    public MediaStreamMessage receive() {
        try {
            MediaStreamMessage answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("no answer came; the session's end: " + end.getNow(null));
            }
            return answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers that have come and were not taken. */
    public int pending() {
        return answers.size();
    }

    public boolean hasEnded() {
        return end.isDone();
    }

    public Status awaitEnd() {
        return end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        if (!end.isDone()) {
            cancel();
        }
        if (owned != null) {
            owned.shutdownNow();
        }
    }
}
