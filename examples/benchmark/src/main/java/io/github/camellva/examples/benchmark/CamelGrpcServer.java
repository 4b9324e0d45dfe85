package io.github.camellva.examples.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import com.google.protobuf.ByteString;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A camel-grpc route that follows the protocol's rules as far as a route can. */
final class CamelGrpcServer implements Server {

    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private final CamelContext context;
    private final int port;

    private CamelGrpcServer(CamelContext context, int port) {
        this.context = context;
        this.port = port;
    }

    static CamelGrpcServer start() throws Exception {
        CamelContext context = new DefaultCamelContext();
        int port = freePort();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("grpc://127.0.0.1:" + port + "/io.github.camellva.proto.MediaGraphExtension"
                     + "?consumerStrategy=PROPAGATION&maxMessageSize=" + MAX_MESSAGE_BYTES)
                        .process(CamelGrpcServer::answer);
            }
        });
        context.start();
        return new CamelGrpcServer(context, port);
    }

    @Override
    public int port(Transfer transfer) {
        return port;
    }

    @Override
    public void close() throws Exception {
        context.close();
    }

    private static void answer(Exchange exchange) {
        MediaStreamMessage message = exchange.getMessage().getBody(MediaStreamMessage.class);
        // every message gets one reply, in order, so that both sides count alike
        MediaStreamMessage.Builder reply = MediaStreamMessage.newBuilder()
                .setSequenceNumber(message.getSequenceNumber()).setAckSequenceNumber(message.getSequenceNumber());
        if (message.hasMediaStreamDescriptor()) {
            reply.setMediaStreamDescriptor(MediaStreamDescriptor.newBuilder().setExtensionIdentifier("camel-grpc"));
        } else {
            MediaSample sample = message.getMediaSample();
            ByteString content = sample.getContentBytes().getBytes();
            reply.setMediaSample(MediaSample.newBuilder().setTimestamp(sample.getTimestamp())
                    .addInferences(Inspection.inspect(content.isEmpty() ? null : content.asReadOnlyByteBuffer())));
        }
        exchange.getMessage().setBody(reply.build());
    }

    /** The component does not accept port 0. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
