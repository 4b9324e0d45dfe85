package io.github.camellva.grpc.wire;

import java.io.IOException;
import java.io.InputStream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;

/**
 * Reads a node's messages. A frame's bytes are copied once, from gRPC's buffers into the array that the route sees, where
 * protobuf's own parser behind gRPC's marshaller copies them twice or more. That is done as soon as they are there, by gRPC's
 * thread: it has them in its caches, and gets its buffers back for the next.
 */
public final class FrameMarshaller implements Marshaller<Received> {

    private final int maxMessageSize;

    /** @param maxMessageSize the largest message that is taken, bytes */
    public FrameMarshaller(int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    @Override
    public Received parse(InputStream stream) {
        try {
            // gRPC has the whole message by now, and no compression is negotiated that would hide its length
            int length = stream.available();
            if (length > maxMessageSize) {
                return Received.refused(Status.RESOURCE_EXHAUSTED.withDescription(
                        "the message has " + length + " bytes, and the extension takes at most " + maxMessageSize
                                                                                  + "; send smaller or encoded pictures, or raise its maxMessageSize"));
            }
            return Received.of(new MessageReader(stream, length).read());
        } catch (InvalidProtocolBufferException e) {
            return Received.refused(Status.INVALID_ARGUMENT.withDescription(
                    "the message is not a MediaStreamMessage: " + e.getMessage()));
        } catch (IOException e) {
            return Received.refused(Status.INTERNAL.withDescription("the message could not be read"));
        }
    }

    @Override
    public InputStream stream(Received value) {
        throw new UnsupportedOperationException("an extension only reads these messages");
    }
}
