package io.github.camellva.grpc.wire;

import java.io.IOException;
import java.io.InputStream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a marshaller made of a message. A marshaller that throws cannot choose what the peer is told or why the call ended, so a
 * message that cannot be taken is handed on as its refusal, for the session to end with.
 */
public final class Received {

    private final @Nullable MediaStreamMessage message;
    private final @Nullable Status refusal;

    private Received(@Nullable MediaStreamMessage message, @Nullable Status refusal) {
        this.message = message;
        this.refusal = refusal;
    }

    public static Received of(MediaStreamMessage message) {
        return new Received(message, null);
    }

    public static Received refused(Status refusal) {
        return new Received(null, refusal);
    }

    /** @param maxHeapBesideFrame bytes that the message may take in memory, its frame not counted */
    static Received read(InputStream stream, int length, int maxHeapBesideFrame) {
        try {
            return of(new MessageReader(stream, length, new HeapAllowance(maxHeapBesideFrame, length)).read());
        } catch (HeapExhaustedException e) {
            return refused(Status.RESOURCE_EXHAUSTED.withDescription(e.getMessage()));
        } catch (InvalidProtocolBufferException e) {
            return refused(Status.INVALID_ARGUMENT.withDescription("the message is not a MediaStreamMessage: " + e.getMessage()));
        } catch (IOException e) {
            return unreadable();
        }
    }

    static Received unreadable() {
        return refused(Status.INTERNAL.withDescription("the message could not be read"));
    }

    /** Null if refused. */
    public @Nullable MediaStreamMessage message() {
        return message;
    }

    /** Null if taken. */
    public @Nullable Status refusal() {
        return refusal;
    }
}
