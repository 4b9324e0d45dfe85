package io.github.camellva.grpc;

import java.util.List;

import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A frame that fails in a route is logged once, by Camel or by the component. */
class FailedFramesIT extends LvaGrpcTestSupport {

    private static final int MORE_THAN_ARE_LOGGED = 25;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("default").process(exchange -> fail("default"));
                from(EXTENSION).routeId("quiet").errorHandler(defaultErrorHandler().logExhausted(false))
                        .process(exchange -> fail("quiet"));
                from(EXTENSION).routeId("patient").errorHandler(redelivering()).process(exchange -> fail("patient"));
                from(EXTENSION).routeId("patient-and-quiet").errorHandler(redelivering().logExhausted(false))
                        .process(exchange -> fail("patient-and-quiet"));
                from(EXTENSION).routeId("none").errorHandler(noErrorHandler()).process(exchange -> fail("none"));
            }

            private DefaultErrorHandlerDefinition redelivering() {
                return defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(1);
            }
        };
    }

    private static void fail(String route) {
        throw new IllegalStateException("of " + route + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = { "default", "quiet", "patient", "patient-and-quiet", "none" })
    void aFailedFrameIsLoggedOnce(String route) {
        try (LoggedLines log = LoggedLines.record(entry -> entry.contains("of " + route + ".")); RawNode node = connect(route)) {
            node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            assertThat(node.receive().getAckSequenceNumber()).isEqualTo(2);
            List<String> entries = log.lines().stream().filter(line -> line.startsWith("WARN") || line.startsWith("ERROR")).toList();
            assertThat(entries).hasSize(1);
        }
    }

    @Test
    void framesThatFailDoNotSilenceTheLineThatSaysHowManyDid() {
        try (LoggedLines log = LoggedLines.record(entry -> entry.contains("of none."))) {
            try (RawNode node = connect("none")) {
                node.open(rawDescriptor());
                for (int frame = 1; frame <= MORE_THAN_ARE_LOGGED; frame++) {
                    node.send(embedded(frame, pixels(FRAME_BYTES, frame)));
                    node.receive();
                }
            }
            await().until(() -> log.lines().stream()
                    .anyMatch(line -> line.contains("; 0 answered, 0 skipped, " + MORE_THAN_ARE_LOGGED + " failed")));
        }
    }
}
