package io.github.camellva.tools.check.extension;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.camellva.tools.check.BytesMarshaller;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** A call of bytes, right or wrong, whose events wait until somebody takes them. Nothing here blocks but {@link #take}. */
final class RawCall {

    private final ClientCall<byte[], byte[]> call;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Semaphore ready = new Semaphore(0);
    private volatile boolean reading = true;
    private volatile boolean ended;

    /**
     * Something that came.
     *
     * @param message null when it is the end of the call
     * @param end     null when it is a message
     */
    record Event(byte @Nullable [] message, @Nullable Status end) {
    }

    RawCall(Channel channel, String method, Metadata headers) {
        call = channel.newCall(BytesMarshaller.method(method), CallOptions.DEFAULT);
        call.start(new Listener(), headers);
        call.request(1);
    }

    void send(byte[] message) {
        call.sendMessage(message);
    }

    /** Whether what was sent has left this side, or does so in that time. */
    boolean awaitReady(Duration atMost) throws InterruptedException {
        ready.drainPermits();
        boolean room = call.isReady() || ready.tryAcquire(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
        return room && !ended;
    }

    void halfClose() {
        call.halfClose();
    }

    void cancel() {
        call.cancel("the case is over", null);
    }

    /** Asks for no more messages, so that the extension is held by flow control. */
    void stopReading() {
        reading = false;
    }

    void readAgain() {
        reading = true;
        call.request(1);
    }

    /** What came next; null if nothing did in that time. */
    @Nullable Event take(Duration atMost) throws InterruptedException {
        return events.poll(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
    }

    private final class Listener extends ClientCall.Listener<byte[]> {

        @Override
        public void onMessage(byte[] message) {
            events.add(new Event(message, null));
            if (reading) {
                call.request(1);
            }
        }

        @Override
        public void onReady() {
            ready.release();
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            ended = true;
            events.add(new Event(null, status));
            ready.release();
        }
    }
}
