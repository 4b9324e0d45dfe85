package io.github.camellva.grpc;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Routes that promise not to block, and one that breaks its promise. */
class NonBlockingIT extends LvaGrpcTestSupport {

    private final Queue<String> threads = new ConcurrentLinkedQueue<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION + "?nonBlocking=true").routeId("quick").process(exchange -> answer(exchange));
                from(EXTENSION + "?nonBlocking=true").routeId("liar").process(exchange -> {
                    gate.await();
                    answer(exchange);
                });
            }
        };
    }

    @AfterEach
    void open() {
        gate.countDown();
    }

    @Test
    void aRouteRunsOnTheNetworksThread() {
        try (RawNode node = connect("quick")) {
            node.open(rawDescriptor());
            for (int i = 1; i <= 5; i++) {
                node.send(embedded(i, pixels(FRAME_BYTES, i)));
                assertThat(node.receive().getAckSequenceNumber()).isEqualTo(i + 1);
            }
        }
        // now and then a timer's thread is at work for the session just then, and takes the frame along
        assertThat(threads).hasSize(5).anyMatch(thread -> thread.startsWith("lva-grpc-"));
    }

    @Test
    void aRouteThatBlocksAllTheSameIsNamedWithThePlace() {
        try (LoggedLines log = LoggedLines.record(line -> line.contains("nonBlocking")); RawNode node = connect("liar")) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            await().until(() -> !log.lines().isEmpty());
            assertThat(log.lines().get(0)).contains("Route liar has nonBlocking=true and has blocked gRPC's thread for", "remove the option");
            gate.countDown();
            assertThat(node.receive().getAckSequenceNumber()).isEqualTo(2);
        }
    }

    @Test
    void theRestOfASendersRouteRunsOnTheNetworksThreadFromTheAnswerOn() throws Exception {
        sender("quick", "");
        Exchange answered = send();
        assertThat(answered.getException()).isNull();
        assertThat(threads).hasSize(2).last().asString().startsWith("lva-grpc-");
        assertThat(threads.peek()).isNotEqualTo(Thread.currentThread().getName());
    }

    @Test
    void aSenderWhoseRouteBlocksAllTheSameIsNamed() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:camera").to(uri("quick", "")).process(exchange -> gate.await());
            }
        });
        try (LoggedLines log = LoggedLines.record(line -> line.contains("nonBlocking"))) {
            template.asyncSend("direct:camera", this::frame);
            await().until(() -> !log.lines().isEmpty());
            assertThat(log.lines().get(0)).contains("A route that sends to lvagrpc://127.0.0.1", "has blocked gRPC's thread");
        }
    }

    private void sender(String extension, String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:camera").to(uri(extension, options))
                        .process(exchange -> threads.add(Thread.currentThread().getName()));
            }
        });
    }

    private String uri(String extension, String options) {
        return "lvagrpc:127.0.0.1:" + port(extension) + "?nonBlocking=true&pixelFormat=BGR24&width=4&height=2" + options;
    }

    private Exchange send() {
        return template.send("direct:camera", this::frame);
    }

    private void frame(Exchange exchange) {
        exchange.getMessage().setBody(pixels(FRAME_BYTES, 1));
    }

    private void answer(Exchange exchange) {
        threads.add(Thread.currentThread().getName());
        exchange.getMessage().setBody(entity("thing"));
    }
}
