package io.github.camellva.grpc.peers;

import java.util.function.LongUnaryOperator;

import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/** The way back to the node: numbers replies as its server does, and loses what is to be lost. Safe for use by many threads. */
final class Replies {

    private final StreamObserver<MediaStreamMessage> call;
    private final LongUnaryOperator numbers;
    private final Losses losses;
    private long samples;
    private boolean ended;

    /** @param numbers from the index of a reply, 0 for that to the descriptor, to its sequence number */
    Replies(StreamObserver<MediaStreamMessage> call, LongUnaryOperator numbers, Losses losses) {
        this.call = call;
        this.numbers = numbers;
        this.losses = losses;
    }

    synchronized void descriptor(MediaStreamMessage.Builder reply) {
        send(0, reply);
    }

    synchronized void sample(MediaStreamMessage.Builder reply) {
        samples++;
        if (!losses.next()) {
            send(samples, reply);
        }
    }

    synchronized void end() {
        if (!ended) {
            ended = true;
            call.onCompleted();
        }
    }

    synchronized void end(Status status) {
        if (!ended) {
            ended = true;
            call.onError(status.asRuntimeException());
        }
    }

    private void send(long index, MediaStreamMessage.Builder reply) {
        if (!ended) {
            call.onNext(reply.setSequenceNumber(numbers.applyAsLong(index)).build());
        }
    }
}
