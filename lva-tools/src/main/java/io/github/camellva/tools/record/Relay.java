package io.github.camellva.tools.record;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Drainable;
import io.grpc.Grpc;
import io.grpc.HandlerRegistry;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Passes every call on to an extension, message by message and byte by byte, the health service included. Neither side is read
 * faster than the other one takes it.
 */
final class Relay extends HandlerRegistry {

    private static final String SESSION = MediaGraphExtensionGrpc.getProcessMediaStreamMethod().getFullMethodName();

    private final Channel extension;
    private final LongFunction<SessionTap> taps;
    private final AtomicLong sessions = new AtomicLong();

    /** @param taps hears a session, by its number: 1, 2, 3, … */
    Relay(Channel extension, LongFunction<SessionTap> taps) {
        this.extension = extension;
        this.taps = taps;
    }

    /** Sessions so far. */
    long sessions() {
        return sessions.get();
    }

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
        MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNKNOWN)
                .setFullMethodName(name)
                .setRequestMarshaller(Bytes.INSTANCE)
                .setResponseMarshaller(Bytes.INSTANCE)
                .build();
        return ServerMethodDefinition.create(method, new Handler());
    }

    private final class Handler implements ServerCallHandler<byte[], byte[]> {

        @Override
        public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> node, Metadata headers) {
            ClientCall<byte[], byte[]> call = extension.newCall(node.getMethodDescriptor(), CallOptions.DEFAULT);
            SessionTap tap = null;
            if (node.getMethodDescriptor().getFullMethodName().equals(SESSION)) {
                tap = taps.apply(sessions.incrementAndGet());
                SocketAddress address = node.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
                tap.began(address instanceof InetSocketAddress inet
                        ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                        : String.valueOf(address));
            }
            RelayedCall relayed = new RelayedCall(node, call, tap);
            call.start(relayed.fromExtension, headers);
            call.request(1);
            node.request(1);
            return relayed.fromNode;
        }
    }

    /** One call and its counterpart. Each direction asks for its next message when the one before has been taken. */
    private static final class RelayedCall {

        private final ServerCall<byte[], byte[]> node;
        private final ClientCall<byte[], byte[]> extension;
        private final @Nullable SessionTap tap;
        private final FromNode fromNode = new FromNode();
        private final FromExtension fromExtension = new FromExtension();
        @GuardedBy("this")
        private boolean nodeWaits;
        @GuardedBy("this")
        private boolean extensionWaits;

        RelayedCall(ServerCall<byte[], byte[]> node, ClientCall<byte[], byte[]> extension, @Nullable SessionTap tap) {
            this.node = node;
            this.extension = extension;
            this.tap = tap;
        }

        private synchronized void extensionHasTaken() {
            if (extension.isReady()) {
                nodeWaits = false;
                node.request(1);
            } else {
                nodeWaits = true;
            }
        }

        private synchronized void extensionIsReady() {
            if (nodeWaits) {
                nodeWaits = false;
                node.request(1);
            }
        }

        private synchronized void nodeHasTaken() {
            if (node.isReady()) {
                extensionWaits = false;
                extension.request(1);
            } else {
                extensionWaits = true;
            }
        }

        private synchronized void nodeIsReady() {
            if (extensionWaits) {
                extensionWaits = false;
                extension.request(1);
            }
        }

        private final class FromNode extends ServerCall.Listener<byte[]> {

            @Override
            public void onMessage(byte[] message) {
                if (tap != null) {
                    tap.toExtension(message);
                }
                extension.sendMessage(message);
                extensionHasTaken();
            }

            @Override
            public void onHalfClose() {
                extension.halfClose();
            }

            @Override
            public void onCancel() {
                extension.cancel("the node has cancelled the call", null);
            }

            @Override
            public void onReady() {
                nodeIsReady();
            }
        }

        private final class FromExtension extends ClientCall.Listener<byte[]> {

            @Override
            public void onHeaders(Metadata headers) {
                node.sendHeaders(headers);
            }

            @Override
            public void onMessage(byte[] message) {
                if (tap != null) {
                    tap.toNode(message);
                }
                node.sendMessage(message);
                nodeHasTaken();
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
                try {
                    node.close(status, trailers);
                } finally {
                    if (tap != null) {
                        tap.ended(status);
                    }
                }
            }

            @Override
            public void onReady() {
                extensionIsReady();
            }
        }
    }

    /** Messages as the bytes that they are. */
    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {

        INSTANCE;

        @Override
        public InputStream stream(byte[] message) {
            return new Message(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream instanceof KnownLength ? stream.readNBytes(stream.available()) : stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Written at once, in place of 8 KiB after the other. */
        private static final class Message extends ByteArrayInputStream implements KnownLength, Drainable {

            Message(byte[] message) {
                super(message);
            }

            @Override
            public int drainTo(OutputStream target) throws IOException {
                return Math.toIntExact(transferTo(target));
            }
        }
    }
}
