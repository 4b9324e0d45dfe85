package io.github.camellva.grpc;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.github.camellva.grpc.AnsweredFrame.Direction;
import io.github.camellva.proto.Inference;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** What observers see of frames that are sent and received. */
class FrameObserverIT extends LvaGrpcTestSupport {

    private final List<AnsweredFrame> seen = new CopyOnWriteArrayList<>();
    private final List<Byte> firstBytes = new CopyOnWriteArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("lvagrpc:127.0.0.1:0?sharedMemoryAccess=map").routeId("extension").errorHandler(noErrorHandler()).process(exchange -> {
                    if (failure.get() != null) {
                        throw new IllegalStateException(failure.get());
                    }
                    exchange.getMessage().setBody(entity("person"));
                });
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = { "embedded", "sharedMemory" })
    void bothPartiesFramesAreSeenWithTheirPicturesAndAnswers(String transfer) {
        FrameObservers.of(context).add(this::see);
        List<?> answer = send("&graphInstanceName=gate&graphNodeName=people&dataTransfer=" + transfer);
        assertThat(answer).isEqualTo(List.of(entity("person")));
        assertThat(seen).extracting(AnsweredFrame::direction).containsExactly(Direction.RECEIVED, Direction.SENT);
        assertThat(seen).allSatisfy(frame -> {
            assertThat(frame.graph().getGraphInstanceName()).isEqualTo("gate");
            assertThat(frame.graph().getGraphNodeName()).isEqualTo("people");
            assertThat(frame.format().orElseThrow().toString()).isEqualTo("RAW BGR24 4x2");
            assertThat(frame.dataTransfer()).isEqualTo(transfer);
            assertThat(frame.outcome()).isEqualTo("answered");
            assertThat(frame.inferences()).containsExactly(entity("person"));
            assertThat(frame.duration()).isPositive();
        });
        assertThat(firstBytes).containsExactly((byte) 5, (byte) 5);
    }

    @Test
    void anObserverThatThrowsHarmsNoFrame() {
        FrameObservers.of(context).add(frame -> {
            throw new StackOverflowError();
        });
        FrameObservers.of(context).add(new FrameObserver() {
            @Override
            public boolean isInterested(String graphInstanceName) {
                throw new OutOfMemoryError("in a test");
            }

            @Override
            public void onAnswer(AnsweredFrame frame) {
                throw new AssertionError("it could not say that it wants frames");
            }
        });
        FrameObservers.of(context).add(this::see);
        for (int i = 0; i < 3; i++) {
            assertThat(send("")).isEqualTo(List.of(entity("person")));
        }
        assertThat(seen).hasSize(6);
    }

    @Test
    void aFrameWhoseRouteFailsIsSeenAsFailed() {
        FrameObservers.of(context).add(this::see);
        failure.set(new IllegalArgumentException("no model"));
        assertThat(send("")).isNull();
        assertThat(seen).extracting(AnsweredFrame::outcome).containsExactly("failed", "notProcessed");
        assertThat(seen).allSatisfy(frame -> assertThat(frame.inferences()).isEmpty());
    }

    @Test
    void anObserverInTheRegistryIsFoundWhenARouteStarts() throws Exception {
        context.getRegistry().bind("watcher", (FrameObserver) this::see);
        assertThatCode(() -> send("")).doesNotThrowAnyException();
        // the producer has started after it was bound, the consumer before
        assertThat(seen).extracting(AnsweredFrame::direction).contains(Direction.SENT);
        seen.clear();
        context.getRouteController().stopRoute("extension");
        context.getRouteController().startRoute("extension");
        send("");
        assertThat(seen).extracting(AnsweredFrame::direction).containsExactly(Direction.RECEIVED, Direction.SENT);
    }

    private void see(AnsweredFrame frame) {
        // where a view could read on, another one begins anew
        frame.picture().get();
        ByteBuffer picture = frame.picture();
        assertThat(picture.isReadOnly()).isTrue();
        firstBytes.add(picture.get());
        seen.add(frame);
    }

    @SuppressWarnings("unchecked")
    private List<Inference> send(String options) throws CamelExecutionException {
        return template.requestBody(
                "lvagrpc:127.0.0.1:" + port("extension") + "?encoding=RAW&pixelFormat=BGR24&width=4&height=2" + options,
                ByteBuffer.wrap(pixels(24, 5)), List.class);
    }
}
