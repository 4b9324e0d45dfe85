package io.github.camellva.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.Inference;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;

/** An extension as short as can be: every sample is answered at once. */
public final class TestExtension implements AutoCloseable {

    private final Server server;

    /** @param findings what it finds in a sample; null to acknowledge it alone */
    public TestExtension(Function<MediaStreamMessage, List<Inference>> findings) {
        this(InsecureServerCredentials.create(), new Passing(), findings);
    }

    /** The same behind TLS, perhaps, with somebody who sees its calls. */
    public TestExtension(
            ServerCredentials credentials, ServerInterceptor interceptor, Function<MediaStreamMessage, List<Inference>> findings) {
        server = NettyServerBuilder.forPort(0, credentials)
                .maxInboundMessageSize(1 << 26)
                .intercept(interceptor)
                .addService(new MediaGraphExtensionGrpc.MediaGraphExtensionImplBase() {

                    @Override
                    public StreamObserver<MediaStreamMessage> processMediaStream(StreamObserver<MediaStreamMessage> node) {
                        return new Session(node, findings);
                    }
                })
                .build();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return "localhost:" + server.getPort();
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    /** Sees calls, and lets them pass. */
    public static class Passing implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return next.startCall(call, headers);
        }
    }

    private static final class Session implements StreamObserver<MediaStreamMessage> {

        private final StreamObserver<MediaStreamMessage> node;
        private final Function<MediaStreamMessage, List<Inference>> findings;
        private long sent;

        Session(StreamObserver<MediaStreamMessage> node, Function<MediaStreamMessage, List<Inference>> findings) {
            this.node = node;
            this.findings = findings;
        }

        @Override
        public void onNext(MediaStreamMessage message) {
            MediaStreamMessage.Builder answer = MediaStreamMessage.newBuilder()
                    .setSequenceNumber(++sent).setAckSequenceNumber(message.getSequenceNumber());
            if (message.hasMediaStreamDescriptor()) {
                answer.setMediaStreamDescriptor(MediaStreamDescriptor.newBuilder().setExtensionIdentifier("test"));
            } else {
                List<Inference> found = findings.apply(message);
                if (found != null) {
                    answer.setMediaSample(MediaSample.newBuilder()
                            .setTimestamp(message.getMediaSample().getTimestamp()).addAllInferences(found));
                }
            }
            node.onNext(answer.build());
        }

        @Override
        public void onError(Throwable failure) {
            // the node has gone
        }

        @Override
        public void onCompleted() {
            node.onCompleted();
        }
    }
}
