package io.github.camellva.grpc.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;

/** Reads an extension's messages, whose size gRPC bounds. */
public final class AnswerMarshaller implements Marshaller<Received> {

    /** The largest answer, in bytes on the wire: enough for inferences, which is all that extensions answer with. */
    public static final int MAX_MESSAGE_SIZE = 16 << 20;
    /** Heap that an answer may take: some 20,000 inferences. */
    static final int MAX_HEAP = 16 << 20;

    @Override
    public Received parse(InputStream stream) {
        try {
            if (stream instanceof KnownLength) {
                return Received.read(stream, stream.available(), MAX_HEAP);
            }
            // decompressed on the way
            byte[] message = stream.readAllBytes();
            return Received.read(new ByteArrayInputStream(message), message.length, MAX_HEAP);
        } catch (IOException e) {
            return Received.unreadable();
        }
    }

    @Override
    public InputStream stream(Received value) {
        throw new UnsupportedOperationException("a node only reads these messages");
    }
}
