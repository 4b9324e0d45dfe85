package io.github.camellva.tools.check.extension;

import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A route with Camel's component for any gRPC service, which follows the protocol as far as a route can that knows no sessions. */
final class CamelGrpcRoute implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();
    private final int port = FreePort.any();

    CamelGrpcRoute() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("grpc://127.0.0.1:" + port + "/io.github.camellva.proto.MediaGraphExtension?consumerStrategy=PROPAGATION")
                        .process(CamelGrpcRoute::answer);
            }
        });
        context.start();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        context.stop();
    }

    private static void answer(Exchange exchange) {
        MediaStreamMessage message = exchange.getMessage().getBody(MediaStreamMessage.class);
        MediaStreamMessage.Builder answer = MediaStreamMessage.newBuilder()
                .setSequenceNumber(message.getSequenceNumber()).setAckSequenceNumber(message.getSequenceNumber());
        if (message.hasMediaStreamDescriptor()) {
            answer.setMediaStreamDescriptor(MediaStreamDescriptor.newBuilder().setExtensionIdentifier("camel-grpc")
                    .setMediaDescriptor(MediaDescriptor.newBuilder().setTimescale(
                            message.getMediaStreamDescriptor().getMediaDescriptor().getTimescale())));
        } else {
            MediaSample sample = message.getMediaSample();
            answer.setMediaSample(MediaSample.newBuilder().setTimestamp(sample.getTimestamp())
                    .addInferences(NaiveServer.look(sample.getContentBytes().getBytes().toByteArray())));
        }
        exchange.getMessage().setBody(answer.build());
    }
}
