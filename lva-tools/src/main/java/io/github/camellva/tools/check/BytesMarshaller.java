package io.github.camellva.tools.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;

/** Messages as bytes, right or wrong. */
public final class BytesMarshaller implements Marshaller<byte[]> {

    /** The protocol's one method. */
    public static final String METHOD = "ProcessMediaStream";

    /** A method of the protocol's service. */
    public static MethodDescriptor<byte[], byte[]> method(String name) {
        return MethodDescriptor.newBuilder(new BytesMarshaller(), new BytesMarshaller()).setType(MethodType.BIDI_STREAMING)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(MediaGraphExtensionGrpc.SERVICE_NAME, name)).build();
    }

    @Override
    public InputStream stream(byte[] message) {
        return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
