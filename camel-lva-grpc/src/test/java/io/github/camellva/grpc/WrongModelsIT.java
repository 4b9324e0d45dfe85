package io.github.camellva.grpc;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.camellva.grpc.inference.InvalidInferenceException;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.RecordingLogger;
import io.github.camellva.grpc.thread.VirtualTime;
import io.github.camellva.proto.Entity;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaStreamMessage;
import io.github.camellva.proto.Rectangle;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of boxes in pixels, in answers of routes and of other extensions. */
class WrongModelsIT extends LvaGrpcTestSupport {

    private static final Inference IN_PIXELS = Inference.newBuilder().setEntity(
            Entity.newBuilder().setBox(Rectangle.newBuilder().setL(100).setT(50).setW(20).setH(10))).build();

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION).routeId("warn").setBody(exchange -> IN_PIXELS);
                from(EXTENSION + "?invalidInferences=refuse").routeId("refuse").setBody(exchange -> IN_PIXELS);
            }
        };
    }

    @Test
    void theyArePassedOnByDefault() {
        assertThat(answerOf("warn").getMediaSample().getInferencesList()).containsExactly(IN_PIXELS);
    }

    @Test
    void aFrameWithThemFailsWhenTheyAreRefused() {
        assertThat(answerOf("refuse").hasMediaSample()).isFalse();
        assertThat(consumer("refuse").getFramesFailed()).isEqualTo(1);
    }

    @Test
    void anExchangeFailsWhenAnotherExtensionAnswersWithThemAndTheyAreRefused() {
        Exchange refused = send("&invalidInferences=refuse");
        assertThat(refused.getException()).isInstanceOf(LvaGrpcException.class)
                .hasMessageContaining("lvagrpc:127.0.0.1:" + port("warn") + ", graph 'camera-1': $.inferences[0].entity.box.l: is 100.0;")
                .hasMessageContaining("divide l and w by the width");
        assertThat((List<?>) send("").getMessage().getBody(List.class)).hasSize(1);
    }

    @Test
    void aWrongValueOfTheOptionIsNamed() {
        assertThatThrownBy(() -> send("&invalidInferences=ignore"))
                .hasStackTraceContaining("invalidInferences 'ignore' is unknown; accepted are accept, warn, refuse");
    }

    @Test
    void aSessionIsWarnedOfOnce() {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        InferenceCheck check = check(InferenceCheck.InvalidInferences.WARN, lines);
        check.check(() -> "session 1", List.of(IN_PIXELS));
        check.check(() -> "session 1", List.of(IN_PIXELS));
        check.check(() -> "session 2", List.of(IN_PIXELS));
        assertThat(lines).hasSize(2).first().asString()
                .startsWith("Inferences of session 1 cannot be meant as they are: $.inferences[0].entity.box.l: is 100.0; boxes are"
                            + " fractions of the picture");
    }

    @Test
    void nothingIsSaidOfWhatIsAccepted() {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        check(InferenceCheck.InvalidInferences.ACCEPT, lines).check(() -> "session 1", List.of(IN_PIXELS));
        assertThat(lines).isEmpty();
        assertThatThrownBy(() -> check(InferenceCheck.InvalidInferences.REFUSE, lines).check(() -> "session 1", List.of(IN_PIXELS)))
                .isInstanceOf(InvalidInferenceException.class);
    }

    private static InferenceCheck check(InferenceCheck.InvalidInferences invalidInferences, Queue<String> lines) {
        return new InferenceCheck(invalidInferences, new RateLimitedLog(RecordingLogger.into(lines), new VirtualTime()));
    }

    private MediaStreamMessage answerOf(String route) {
        try (RawNode node = connect(route)) {
            return node.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1))).receive();
        }
    }

    private Exchange send(String options) {
        return template.request("lvagrpc:127.0.0.1:" + port("warn") + "?graphInstanceName=camera-1&width=4&height=2" + options,
                exchange -> exchange.getMessage().setBody(pixels(FRAME_BYTES, 1)));
    }

    private LvaGrpcConsumer consumer(String route) {
        return (LvaGrpcConsumer) context.getRoute(route).getConsumer();
    }
}
