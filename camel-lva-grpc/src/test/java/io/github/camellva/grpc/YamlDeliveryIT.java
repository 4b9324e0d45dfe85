package io.github.camellva.grpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.VideoFrameSampleFormat.Encoding;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.encodedDescriptor;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The route of the guide that delivers at least once, with a model and a broker that can fail. */
class YamlDeliveryIT extends LvaGrpcTestSupport {

    private static final Path PAGE = Path.of("..", "docs", "delivery.md");

    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicBoolean brokerIsUp = new AtomicBoolean();
    private final AtomicBoolean modelIsUp = new AtomicBoolean(true);

    @BeforeEach
    void startTheRoute() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:model").process(YamlDeliveryIT.this::score);
                from("direct:broker").process(YamlDeliveryIT.this::publish);
            }
        });
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("delivery.yaml", Readme.inWordsOfThisCamel(route())));
    }

    @Test
    void aFrameIsAnsweredWhenTheBrokerHasItsResultAndNotBefore() {
        try (RawNode node = connect("answer")) {
            node.open(encodedDescriptor(Encoding.JPG)).send(embedded(1, pixels(999, 1)));
            await().untilAsserted(() -> assertThat(attempts).hasValueGreaterThan(3));
            assertThat(node.pending()).isZero();
            brokerIsUp.set(true);
            assertThat(tags(node.receive())).containsExactly("car");
            assertThat(published).hasValue(1);
        }
    }

    @Test
    void aFrameThatTheModelFailsOnIsNotKept() {
        modelIsUp.set(false);
        try (RawNode node = connect("answer")) {
            node.open(encodedDescriptor(Encoding.JPG)).send(embedded(1, pixels(999, 1)));
            MediaStreamMessage acknowledgement = node.receive();
            assertThat(acknowledgement.hasMediaSample()).isFalse();
            assertThat(attempts).hasValue(0);
        }
    }

    @Test
    @Timeout(30)
    void anApplicationThatStopsDoesNotWaitForTheBrokerAndAcknowledgesTheFrameAlone() {
        try (RawNode node = connect("answer")) {
            node.open(encodedDescriptor(Encoding.JPG)).send(embedded(1, pixels(999, 1)));
            await().untilAsserted(() -> assertThat(attempts).hasValueGreaterThan(0));
            context.getShutdownStrategy().setTimeout(60);
            context.stop();
            assertThat(node.receive().hasMediaSample()).isFalse();
            assertThat(published).hasValue(0);
        }
    }

    private static String route() throws IOException {
        return Readme.blocks(Files.readString(PAGE), "yaml").get(0)
                .replace("lvagrpc:0.0.0.0:5001", EXTENSION)
                .replace("http://localhost:8000/score", "direct:model").replace("redeliveryDelay: 1000", "redeliveryDelay: 10")
                // the last step, with its parameters
                .replaceAll("(?s)uri: file:results.*", "uri: direct:broker\n");
    }

    private void score(Exchange exchange) {
        if (!modelIsUp.get()) {
            throw new IllegalStateException("the model is off");
        }
        exchange.getMessage().setBody(entity("car"));
    }

    private void publish(Exchange exchange) {
        attempts.incrementAndGet();
        if (!brokerIsUp.get()) {
            throw new IllegalStateException("the broker is off");
        }
        assertThat(InferenceDocument.parse(exchange.getMessage().getBody(String.class)).inferences()).containsExactly(entity("car"));
        published.incrementAndGet();
    }
}
