package io.github.camellva.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collections;

import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.sample;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;

/** Messages made to grow in memory, through real sockets. */
class MemoryIT extends CamelTestSupport {

    /** 16 MiB on the wire, 560 MB in memory. */
    private static final int EMPTY_INFERENCES = (8 << 20) - 100;

    @Test
    void anExtensionOf256MegabytesRefusesThemAndServesTheOthersOn() throws Exception {
        int port = freePort();
        try (ExtensionProcess extension = ExtensionProcess.start(port); RawNode good = RawNode.connect(port)) {
            good.open(rawDescriptor());
            for (int i = 0; i < 3; i++) {
                try (RawNode hostile = RawNode.connect(port)) {
                    Status end = hostile.open(rawDescriptor()).send(manyInferences()).awaitEnd();
                    assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                    assertThat(end.getDescription()).contains("2097152 bytes of memory");
                }
            }
            good.send(embedded(1, pixels(FRAME_BYTES, 5)));
            assertThat(tags(good.receive())).containsExactly("first byte 5");
        }
    }

    @Test
    void aProducerRefusesThemAndSaysWhy() throws Exception {
        Server extension = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Flooding()).build().start();
        try {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(pixels(FRAME_BYTES, 1));
            template.send("lvagrpc:127.0.0.1:" + extension.getPort() + "?pixelFormat=BGR24&width=4&height=2", exchange);
            assertThat(exchange.getException()).isInstanceOf(LvaGrpcException.class)
                    .hasMessageContaining("RESOURCE_EXHAUSTED").hasMessageContaining("16777216 bytes of memory");
        } finally {
            extension.shutdownNow();
        }
    }

    private static MediaSample.Builder manyInferences() {
        return sample(0).addAllInferences(Collections.nCopies(EMPTY_INFERENCES, Inference.getDefaultInstance()));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Answers every sample with as much as gRPC lets through. */
    private static final class Flooding extends MediaGraphExtensionGrpc.MediaGraphExtensionImplBase {

        @Override
        public StreamObserver<MediaStreamMessage> processMediaStream(StreamObserver<MediaStreamMessage> answers) {
            return new StreamObserver<>() {
                @Override
                public void onNext(MediaStreamMessage message) {
                    MediaStreamMessage.Builder answer = MediaStreamMessage.newBuilder()
                            .setSequenceNumber(message.getSequenceNumber()).setAckSequenceNumber(message.getSequenceNumber());
                    answers.onNext(message.hasMediaStreamDescriptor()
                            ? answer.setMediaStreamDescriptor(MediaStreamDescriptor.getDefaultInstance()).build()
                            : answer.setMediaSample(manyInferences()).build());
                }

                @Override
                public void onError(Throwable cause) {
                    // the producer breaks off
                }

                @Override
                public void onCompleted() {
                    answers.onCompleted();
                }
            };
        }
    }
}
