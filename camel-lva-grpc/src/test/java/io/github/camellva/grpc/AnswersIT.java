package io.github.camellva.grpc;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.camellva.grpc.inference.InferenceDocument;
import io.github.camellva.grpc.stream.SessionReport;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.TransformerKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What a route may end with, and what the node gets for it. */
class AnswersIT extends LvaGrpcTestSupport {

    private static final List<Inference> TWO = List.of(entity("a"), entity("b"));
    private static final String DOCUMENT = new InferenceDocument(99, TWO).toJson();

    private volatile Object answer;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("ack").process(this::answerOrThrow);
                from(EXTENSION + "?onFailure=close").routeId("close").process(this::answerOrThrow);
                from(EXTENSION + "?onFailure=close&muteException=false").routeId("tell").process(this::answerOrThrow);
                from(EXTENSION).routeId("handled")
                        .onException(IllegalStateException.class).handled(true)
                        .setBody(exchange -> entity("handled")).end()
                        .process(this::answerOrThrow);
                from(EXTENSION + "?onFailure=close").routeId("handledWithoutAnswer")
                        .onException(IllegalStateException.class).handled(true).to("mock:handled").end()
                        .process(this::answerOrThrow);
                from(EXTENSION).routeId("handledWithNothing")
                        .onException(IllegalStateException.class).handled(true).setBody(exchange -> List.of()).end()
                        .process(this::answerOrThrow);
                from(EXTENSION).routeId("handledAsBytes").onException(IllegalStateException.class).handled(true).to("mock:handled").end()
                        .convertBodyTo(byte[].class).process(this::answerOrThrow);
                from(EXTENSION).routeId("handledElsewhere").to("direct:handled").setBody(exchange -> entity("unreached"));
                from("direct:handled")
                        .onException(IllegalStateException.class).handled(true).to("mock:handled").end()
                        .process(this::answerOrThrow);
                from(EXTENSION).routeId("deadLetter").errorHandler(deadLetterChannel("mock:handled")).process(this::answerOrThrow);
                from(EXTENSION).routeId("continued")
                        .onException(IllegalStateException.class).continued(true).end()
                        .process(this::answerOrThrow).setBody(exchange -> List.of());
                from(EXTENSION).routeId("caughtWithoutAnswer")
                        .doTry().process(this::answerOrThrow).doCatch(IllegalStateException.class).to("mock:handled").end();
                from(EXTENSION).routeId("caught")
                        .doTry().process(this::answerOrThrow).doCatch(IllegalStateException.class).to("mock:handled").end()
                        .setBody(exchange -> List.of());
                from(EXTENSION + "?bridgeErrorHandler=true").routeId("bridged")
                        .onException(Exception.class).handled(true).to("mock:bridged").end()
                        .process(this::answerOrThrow);
                from(EXTENSION).routeId("json").process(this::answerOrThrow)
                        .process(this::toDocument).to("mock:json");
                from(EXTENSION).routeId("unchanged").log("a frame of ${header.CamelLvaGrpcWidth} pixels");
                from(EXTENSION).routeId("bytes").convertBodyTo(byte[].class);
            }

            /** What the EIP transformDataType does, which Camel 4.14 calls by another name. */
            private void toDocument(Exchange exchange) throws Exception {
                DataType json = new DataType("lvagrpc:application-json");
                exchange.getContext().getTransformerRegistry().resolveTransformer(new TransformerKey(json))
                        .transform(exchange.getMessage(), DataType.ANY, json);
            }

            private void answerOrThrow(Exchange exchange) throws Exception {
                if (answer instanceof Exception failure) {
                    throw failure;
                }
                exchange.getMessage().setBody(answer);
            }
        };
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("an Inference", entity("a"), List.of("a")),
                arguments("a List of them", TWO, List.of("a", "b")),
                arguments("any Iterable of them", new LinkedHashSet<>(TWO), List.of("a", "b")),
                arguments("an empty list", List.of(), List.of()),
                arguments("a MediaSample", MediaSample.newBuilder().setTimestamp(1).addAllInferences(TWO).build(), List.of("a", "b")),
                arguments("a document as String", DOCUMENT, List.of("a", "b")),
                arguments("a document as bytes", DOCUMENT.getBytes(StandardCharsets.UTF_8), List.of("a", "b")),
                arguments("a document as stream", new ByteArrayInputStream(DOCUMENT.getBytes(StandardCharsets.UTF_8)),
                        List.of("a", "b")),
                arguments("a document as Map", Map.of("timestamp", 1, "inferences", List.of(map("a"), map("b"))), List.of("a", "b")),
                arguments("a List of Maps", List.of(map("a"), map("b")), List.of("a", "b")),
                arguments("a List of both", new ArrayList<>(Arrays.asList(map("a"), entity("b"))), List.of("a", "b")),
                arguments("a document object", new InferenceDocument(1, TWO), List.of("a", "b")),
                arguments("an empty text", " ", List.of()),
                arguments("an empty stream, as HTTP has for 204", new ByteArrayInputStream(new byte[0]), List.of()),
                arguments("null", null, List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void aRouteMayEndWith(String what, Object body, List<String> expected) {
        MediaStreamMessage received = answerTo("ack", body);
        assertThat(tags(received)).isEqualTo(expected);
        assertThat(received.getAckSequenceNumber()).isEqualTo(2);
        assertThat(received.getMediaSample().getTimestamp()).as("echoed whatever the answer says").isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = { "unchanged", "bytes" })
    void theFrameLeftInPlaceMeansThatNothingWasFound(String route) {
        MediaStreamMessage received = answerTo(route, null);
        assertThat(received.hasMediaSample()).as("the frame was looked at").isTrue();
        assertThat(received.getMediaSample().getInferencesList()).isEmpty();
    }

    static Stream<Arguments> wrongAnswers() {
        return Stream.of(
                arguments(7, "the answer is a java.lang.Integer", "Inference"),
                arguments(List.of("x", 7), "$: is not JSON", "x"),
                arguments(List.of(entity("a"), 7), "an element of the answer is a java.lang.Integer", "Inference"),
                arguments("{\"type\":\"entity\"}", "$: has no value", "entity"),
                arguments(java.nio.ByteBuffer.allocate(3), "the answer is a java.nio.HeapByteBuffer", "Inference"));
    }

    @ParameterizedTest
    @MethodSource("wrongAnswers")
    void anythingElseIsARouteFailureThatSaysWhatCameAndWhatIsAccepted(Object body, String problem, String accepted) {
        answer = body;
        try (RawNode node = connect("tell")) {
            node.open(rawDescriptor()).send(embedded(5, pixels(FRAME_BYTES, 1)));
            assertThat(node.receive()).isEqualTo(acknowledgementOf2());
            assertThat(node.awaitEnd().getDescription()).contains(problem).contains(accepted);
        }
    }

    @Test
    void aFailureIsAckedAndTheSessionGoesOn() {
        answer = new IllegalStateException("boom");
        try (RawNode node = connect("ack")) {
            node.open(rawDescriptor()).send(embedded(5, pixels(FRAME_BYTES, 1)));
            assertThat(node.receive().hasMediaSample()).as("acknowledged alone").isFalse();
            answer = entity("after");
            node.send(embedded(6, pixels(FRAME_BYTES, 1)));
            assertThat(tags(node.receive())).containsExactly("after");
        }
    }

    @Test
    void aFailureClosesTheSessionWithoutTheExceptionsText() {
        answer = new IllegalStateException("password=secret");
        try (RawNode node = connect("close")) {
            node.open(rawDescriptor()).send(embedded(5, pixels(FRAME_BYTES, 1)));
            assertThat(node.receive()).isEqualTo(acknowledgementOf2());
            Status end = node.awaitEnd();
            assertThat(end.getCode()).isEqualTo(Status.Code.INTERNAL);
            assertThat(end.getDescription()).contains("sample 2").doesNotContain("secret").doesNotContain("Exception");
        }
    }

    @Test
    void anUnmutedFailureTellsItsText() {
        answer = new IllegalStateException("the model is not loaded");
        try (RawNode node = connect("tell")) {
            node.open(rawDescriptor()).send(embedded(5, pixels(FRAME_BYTES, 1)));
            node.receive();
            assertThat(node.awaitEnd().getDescription()).contains("the model is not loaded").doesNotContain("\tat ");
        }
    }

    @Test
    void anExceptionThatTheRouteHandlesIsAnAnswer() {
        assertThat(tags(answerTo("handled", new IllegalStateException("boom")))).containsExactly("handled");
    }

    @ParameterizedTest
    @ValueSource(strings = { "handledWithoutAnswer", "handledWithNothing", "handledAsBytes", "handledElsewhere", "deadLetter", "caughtWithoutAnswer" })
    void anExceptionThatTheRouteHandlesWithoutFindingAnythingIsAFrameThatWasNotProcessed(String route) {
        answer = new IllegalStateException("boom");
        try (RawNode node = connect(route)) {
            node.open(rawDescriptor());
            for (int number = 2; number <= 3; number++) {
                node.send(embedded(number, pixels(FRAME_BYTES, 1)));
                MediaStreamMessage received = node.receive();
                assertThat(received.getAckSequenceNumber()).isEqualTo(number);
                assertThat(received.hasMediaSample()).as("acknowledged alone, and the session goes on").isFalse();
            }
            assertThat(reportOf(route)).extracting(SessionReport::answered, SessionReport::failed).containsExactly(0L, 2L);
            assertThat(reportOf(route).lastError()).contains("boom");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "continued", "caught" })
    void aRouteThatGoesOnAfterAnExceptionAnswers(String route) {
        assertThat(answerTo(route, new IllegalStateException("boom")).hasMediaSample()).isTrue();
    }

    @Test
    void aFrameThatCannotBeUsedIsAckedWithoutReachingTheRoute() {
        answer = entity("routed");
        try (RawNode node = connect("ack")) {
            node.open(rawDescriptor()).send(embedded(5, pixels(FRAME_BYTES - 1, 1)));
            assertThat(node.receive().hasMediaSample()).as("acknowledged alone").isFalse();
            node.send(embedded(6, pixels(FRAME_BYTES, 1)));
            assertThat(tags(node.receive())).containsExactly("routed");
        }
    }

    @Test
    void aFrameThatCannotBeUsedReachesTheErrorHandlerWhenBridged() {
        try (RawNode node = connect("bridged")) {
            node.open(rawDescriptor()).send(embedded(5, pixels(FRAME_BYTES - 1, 1)));
            assertThat(node.receive().getAckSequenceNumber()).isEqualTo(2);
        }
        Exchange bridged = getMockEndpoint("mock:bridged").getExchanges().get(0);
        assertThat(bridged.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)).hasMessageContaining("23 bytes");
        assertThat(bridged.getMessage().getHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME)).isEqualTo("camera-1");
    }

    @Test
    void theDataTypeMakesTheDocumentOfTheFrame() {
        assertThat(tags(answerTo("json", TWO))).as("which is an answer as well").containsExactly("a", "b");
        Exchange published = getMockEndpoint("mock:json").getExchanges().get(0);
        assertThat(published.getMessage().getBody(String.class)).isEqualTo(new InferenceDocument(5, TWO).toJson());
        assertThat(published.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
    }

    @Test
    void theDataTypeMakesNothingOfAFrameWithoutFindings() {
        answerTo("json", List.of());
        assertThat(getMockEndpoint("mock:json").getExchanges().get(0).getMessage().getBody()).isNull();
    }

    private SessionReport reportOf(String route) {
        return ((LvaGrpcConsumer) context.getRoute(route).getConsumer()).sessionReports().get(0);
    }

    private MediaStreamMessage answerTo(String route, Object body) {
        answer = body;
        try (RawNode node = connect(route)) {
            node.open(rawDescriptor()).send(embedded(5, pixels(FRAME_BYTES, 1)));
            return node.receive();
        }
    }

    private static Map<String, Object> map(String tag) {
        return Map.of("type", "entity", "entity", Map.of(
                "tag", Map.of("value", tag, "confidence", 0.5), "box", Map.of("l", 0, "t", 0.25, "w", 0.5, "h", 0.75)));
    }

    /** Alone, since the frame was not processed. */
    private static MediaStreamMessage acknowledgementOf2() {
        return MediaStreamMessage.newBuilder().setSequenceNumber(2).setAckSequenceNumber(2).build();
    }
}
