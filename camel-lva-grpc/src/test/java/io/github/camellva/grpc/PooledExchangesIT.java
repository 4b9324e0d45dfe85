package io.github.camellva.grpc;

import java.nio.ByteBuffer;

import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.sample;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Exchanges that are used again must not carry anything over from the frame before. */
class PooledExchangesIT extends LvaGrpcTestSupport {

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camelContext = super.createCamelContext();
        PooledExchangeFactory factory = new PooledExchangeFactory();
        factory.setStatisticsEnabled(true);
        camelContext.getCamelContextExtension().setExchangeFactory(factory);
        return camelContext;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION + "?maxInFlight=2").routeId("route").process(exchange -> {
                    assertThat(exchange.getProperty("left")).as("left over from the frame before").isNull();
                    exchange.setProperty("left", "something");
                    ByteBuffer frame = exchange.getMessage().getBody(ByteBuffer.class);
                    Object upstream = exchange.getMessage().getHeader(LvaGrpcConstants.INFERENCES);
                    exchange.getMessage().setBody(entity(frame.get(0) + (upstream == null ? "" : " with upstream")));
                });
            }
        };
    }

    @Test
    void manyFramesAreAnsweredEachWithItsOwn() {
        try (RawNode node = connect("route")) {
            node.open(rawDescriptor());
            for (int i = 0; i < 100; i++) {
                node.send(i % 10 == 0
                        ? embedded(i, pixels(FRAME_BYTES, i)).addInferences(entity("upstream")) : embedded(i, pixels(FRAME_BYTES, i)));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(tags(node.receive())).containsExactly(i + (i % 10 == 0 ? " with upstream" : ""));
            }
        }
        LvaGrpcConsumer consumer = (LvaGrpcConsumer) context.getRoute("route").getConsumer();
        assertThat(context.getCamelContextExtension().getExchangeFactory()).isInstanceOf(PooledExchangeFactory.class);
        await().until(() -> context.getCamelContextExtension().getExchangeFactoryManager().getConsumerCounter() >= 1);
        var pool = context.getCamelContextExtension().getExchangeFactoryManager().getExchangeFactories().stream()
                .filter(factory -> factory.getConsumer() == consumer).findFirst().orElseThrow();
        await().until(() -> pool.getStatistics().getReleasedCounter() == 100);
        // a frame may enter while the exchange of the one that was answered is on its way back
        assertThat(pool.getStatistics().getCreatedCounter()).as("a few, not one for every frame").isLessThan(20);
    }

    @Test
    void framesThatCannotBeUsedGiveTheirExchangeBack() {
        try (RawNode node = connect("route")) {
            node.open(rawDescriptor());
            for (int i = 0; i < 20; i++) {
                node.send(embedded(i, pixels(3, i)));
                assertThat(node.receive().hasMediaSample()).as("acknowledged alone").isFalse();
            }
            node.send(embedded(7, pixels(FRAME_BYTES, 7)));
            assertThat(tags(node.receive())).containsExactly("7");
        }
    }

    @Test
    void aFrameThatFailedLeavesNothingForTheNext() {
        try (RawNode node = connect("route")) {
            node.open(rawDescriptor());
            // without a body the route fails
            node.send(sample(1)).receive();
            node.send(embedded(7, pixels(FRAME_BYTES, 7)));
            assertThat(tags(node.receive())).containsExactly("7");
        }
    }
}
