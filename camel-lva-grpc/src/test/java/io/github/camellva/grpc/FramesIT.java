package io.github.camellva.grpc;

import java.nio.ByteBuffer;

import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static org.assertj.core.api.Assertions.assertThat;

class FramesIT extends LvaGrpcTestSupport {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("echo").process(exchange -> {
                    ByteBuffer frame = exchange.getMessage().getBody(ByteBuffer.class);
                    exchange.getMessage().setBody(Messages.entity("first byte " + frame.get(0)));
                });
            }
        };
    }

    @Test
    void aFrameIsAnsweredWithWhatTheRouteFound() {
        try (RawNode node = connect("echo")) {
            node.open(rawDescriptor()).send(embedded(7, pixels(FRAME_BYTES, 42)));
            assertThat(Messages.tags(node.receive())).containsExactly("first byte 42");
        }
    }
}
