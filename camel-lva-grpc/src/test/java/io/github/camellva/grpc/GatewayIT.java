package io.github.camellva.grpc;

import java.util.List;

import io.github.camellva.proto.MediaStreamMessage;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;

/** A route that sends its frames to another extension answers differently when nothing was found there and when a frame was not processed. */
class GatewayIT extends LvaGrpcTestSupport {

    private static final long FAILS = 13;
    private static final long EMPTY = 0;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("extension").process(this::findOrFail);
            }

            private void findOrFail(Exchange exchange) {
                long timestamp = exchange.getMessage().getHeader(LvaGrpcConstants.TIMESTAMP, Long.class);
                if (timestamp == FAILS) {
                    throw new IllegalStateException("no model");
                }
                exchange.getMessage().setBody(timestamp == EMPTY ? List.of() : entity("car"));
            }
        };
    }

    @Test
    void aFrameThatWasNotProcessedThereIsAcknowledgedAlone() throws Exception {
        gateway("");
        try (RawNode node = connect("gateway")) {
            node.open(rawDescriptor());
            assertThat(tags(answer(node, 1))).containsExactly("car");
            MediaStreamMessage nothing = answer(node, EMPTY);
            assertThat(nothing.hasMediaSample()).isTrue();
            assertThat(tags(nothing)).isEmpty();
            MediaStreamMessage unprocessed = answer(node, FAILS);
            assertThat(unprocessed.hasMediaSample()).isFalse();
            assertThat(unprocessed.getAckSequenceNumber()).isEqualTo(4);
        }
        LvaGrpcConsumer consumer = (LvaGrpcConsumer) context.getRoute("gateway").getConsumer();
        assertThat(consumer.getFramesAnswered()).isEqualTo(2);
        assertThat(consumer.getFramesSkipped()).isEqualTo(1);
        assertThat(consumer.getFramesFailed()).isZero();
    }

    @Test
    void aFrameThatWasNotProcessedThereFailsItsExchangeWhenAskedTo() {
        Exchange answer = template.send("lvagrpc:127.0.0.1:" + port("extension") + "?width=4&height=2&onNotProcessed=fail", exchange -> {
            exchange.getMessage().setBody(pixels(FRAME_BYTES, 1));
            exchange.getMessage().setHeader(LvaGrpcConstants.TIMESTAMP, FAILS);
        });
        assertThat(answer.getException()).isInstanceOf(LvaGrpcException.class).hasMessageContaining("was not processed");
    }

    @Test
    void aFrameThatWasNotSentThereIsAcknowledgedAlone() throws Exception {
        gateway("?skipSamplesWithoutAnnotation=true");
        try (RawNode node = connect("gateway")) {
            assertThat(answer(node.open(rawDescriptor()), 1).hasMediaSample()).isFalse();
        }
    }

    @Test
    void whatIsFoundOtherwiseThenIsTheAnswer() throws Exception {
        gateway("", exchange -> {
            if (exchange.getMessage().getBody() == null) {
                exchange.getMessage().setBody(entity("fallback"));
            }
        });
        try (RawNode node = connect("gateway")) {
            assertThat(tags(answer(node.open(rawDescriptor()), FAILS))).containsExactly("fallback");
        }
    }

    private void gateway(String options) throws Exception {
        gateway(options, exchange -> { });
    }

    private void gateway(String options, Processor then) throws Exception {
        int port = port("extension");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("gateway").to("lvagrpc:127.0.0.1:" + port + options).process(then);
            }
        });
    }

    private static MediaStreamMessage answer(RawNode node, long timestamp) {
        return node.send(embedded(timestamp, pixels(FRAME_BYTES, 1))).receive();
    }
}
