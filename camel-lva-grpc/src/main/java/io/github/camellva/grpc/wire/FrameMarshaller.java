package io.github.camellva.grpc.wire;

import java.io.IOException;
import java.io.InputStream;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;

/**
 * Reads a node's messages. A frame's bytes are copied once, from gRPC's buffers into the array that the route sees, where
 * protobuf's own parser behind gRPC's marshaller copies them twice or more. That is done as soon as they are there, by gRPC's
 * thread: it has them in its caches, and gets its buffers back for the next.
 */
public final class FrameMarshaller implements Marshaller<Received> {

    /** Heap that a message may take beside its frame: some 2,500 inferences of earlier steps. */
    static final int MAX_HEAP_BESIDE_FRAME = 2 << 20;

    private final int maxMessageSize;

    /** @param maxMessageSize the largest message that is taken, bytes */
    public FrameMarshaller(int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    @Override
    public Received parse(InputStream stream) {
        int length;
        try {
            // gRPC has the whole message by now, and no compression is negotiated that would hide its length
            length = stream.available();
        } catch (IOException e) {
            return Received.unreadable();
        }
        if (length > maxMessageSize) {
            return Received.refused(Status.RESOURCE_EXHAUSTED.withDescription(
                    "the message has " + length + " bytes, and the extension takes at most " + maxMessageSize
                            + "; send smaller or encoded pictures, or raise its maxMessageSize"));
        }
        return Received.read(stream, length, MAX_HEAP_BESIDE_FRAME);
    }

    @Override
    public InputStream stream(Received value) {
        throw new UnsupportedOperationException("an extension only reads these messages");
    }
}
