package io.github.camellva.grpc.stream;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

import com.google.protobuf.MessageLite;
import io.grpc.Detachable;

/** A message in gRPC's buffers, as the transport hands it to a marshaller; knows whether they were given back. */
class GrpcBuffers extends ByteArrayInputStream implements Detachable {

    private GrpcBuffers detached;
    private boolean closed;

    GrpcBuffers(MessageLite message) {
        super(message.toByteArray());
    }

    static GrpcBuffers of(byte[] wire) {
        return new GrpcBuffers(wire, 0);
    }

    private GrpcBuffers(byte[] bytes, int offset) {
        super(bytes, offset, bytes.length - offset);
    }

    @Override
    public InputStream detach() {
        detached = new GrpcBuffers(buf, pos);
        pos = count;
        return detached;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean areDetached() {
        return detached != null;
    }

    /** Whether whoever detached them has closed them; gRPC itself closes what was not. */
    boolean areGivenBack() {
        return detached == null || detached.closed;
    }
}
