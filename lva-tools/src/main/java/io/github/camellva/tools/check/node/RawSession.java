package io.github.camellva.tools.check.node;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** A call of a node, in bytes. One message is read ahead, and flow control holds the rest. Nothing here blocks but {@link #take}. */
final class RawSession {

    private final ServerCall<byte[], byte[]> call;
    private final Metadata headers;
    private final long begunNanos = System.nanoTime();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile boolean gone;
    private boolean closed;

    /** What a node did. */
    enum Kind {
        MESSAGE,
        HALF_CLOSE,
        CANCEL
    }

    /** @param message of the first kind; null otherwise */
    record Event(Kind kind, byte @Nullable [] message) {
    }

    RawSession(ServerCall<byte[], byte[]> call, Metadata headers) {
        this.call = call;
        this.headers = headers;
    }

    ServerCall.Listener<byte[]> start() {
        call.sendHeaders(new Metadata());
        call.request(1);
        return new Listener();
    }

    Metadata headers() {
        return headers;
    }

    long begunNanos() {
        return begunNanos;
    }

    /** Whether its node is there, and has not waited for longer than that. */
    boolean isFresh(Duration oldest) {
        return !gone && System.nanoTime() - begunNanos < oldest.toNanos();
    }

    /** What came next; null if nothing did in that time. */
    @Nullable Event take(Duration atMost) throws InterruptedException {
        Event event = events.poll(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
        if (event != null && event.kind() == Kind.MESSAGE) {
            call.request(1);
        }
        return event;
    }

    synchronized void send(byte[] message) {
        if (!closed && !gone) {
            call.sendMessage(message);
        }
    }

    synchronized void end(Status status) {
        if (!closed && !gone) {
            closed = true;
            call.close(status, new Metadata());
        }
    }

    private final class Listener extends ServerCall.Listener<byte[]> {

        @Override
        public void onMessage(byte[] message) {
            events.add(new Event(Kind.MESSAGE, message));
        }

        @Override
        public void onHalfClose() {
            events.add(new Event(Kind.HALF_CLOSE, null));
        }

        @Override
        public void onCancel() {
            gone = true;
            events.add(new Event(Kind.CANCEL, null));
        }

        @Override
        public void onComplete() {
            gone = true;
        }
    }
}
