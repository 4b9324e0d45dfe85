package io.github.camellva.grpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.camellva.proto.MediaGraphExtensionGrpc;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.pixels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An extension that answers a frame only when the next one comes, or when no more will come. */
class LateAnswersIT extends LvaGrpcTestSupport {

    private final AtomicInteger sessions = new AtomicInteger();
    private Server server;

    /** As DL Streamer and DeepStream's sample do it. */
    private final class Extension extends MediaGraphExtensionGrpc.MediaGraphExtensionImplBase {

        @Override
        public StreamObserver<MediaStreamMessage> processMediaStream(StreamObserver<MediaStreamMessage> answers) {
            sessions.incrementAndGet();
            return new StreamObserver<>() {

                private long sent;
                private long owed;

                @Override
                public void onNext(MediaStreamMessage message) {
                    if (message.hasMediaStreamDescriptor()) {
                        answers.onNext(answer(message.getSequenceNumber())
                                .setMediaStreamDescriptor(MediaStreamDescriptor.getDefaultInstance()).build());
                        return;
                    }
                    answerOwed();
                    owed = message.getSequenceNumber();
                }

                @Override
                public void onError(Throwable cause) {
                    // the sender has given the session up
                }

                @Override
                public void onCompleted() {
                    answerOwed();
                    answers.onCompleted();
                }

                private void answerOwed() {
                    if (owed > 0) {
                        answers.onNext(answer(owed).setMediaSample(MediaSample.newBuilder().addInferences(entity("late"))).build());
                        owed = 0;
                    }
                }

                private MediaStreamMessage.Builder answer(long number) {
                    return MediaStreamMessage.newBuilder().setSequenceNumber(++sent).setAckSequenceNumber(number);
                }
            };
        }
    }

    @BeforeEach
    void startExtension() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Extension()).build().start();
    }

    @AfterEach
    void stopExtension() {
        server.shutdownNow();
    }

    @Test
    void theLastFrameOfAFileIsAnsweredAsWell() throws Exception {
        for (int file = 1; file <= 2; file++) {
            List<CompletableFuture<Exchange>> frames = send(uri(3000), 3);
            for (CompletableFuture<Exchange> frame : frames) {
                assertAnswered(frame);
            }
            assertThat(sessions).as("each file has its own").hasValue(file);
        }
    }

    @Test
    void aRouteThatStopsGetsTheLastAnswerAtOnce() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:file").routeId("file").to(uri(600_000));
            }
        });
        List<CompletableFuture<Exchange>> frames = send("direct:file", 2);
        // whichever was sent first
        await().until(() -> frames.stream().anyMatch(CompletableFuture::isDone));
        context.getRouteController().stopRoute("file");
        for (CompletableFuture<Exchange> frame : frames) {
            assertAnswered(frame);
        }
    }

    private List<CompletableFuture<Exchange>> send(String uri, int frames) {
        return Stream.generate(() -> template.asyncSend(uri, frame())).limit(frames).toList();
    }

    private Exchange frame() {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(pixels(FRAME_BYTES, 1));
        return exchange;
    }

    private static void assertAnswered(CompletableFuture<Exchange> frame) throws Exception {
        Exchange answered = frame.get(10, TimeUnit.SECONDS);
        assertThat(answered.getException()).isNull();
        assertThat(answered.getMessage().getBody()).isEqualTo(List.of(entity("late")));
    }

    private String uri(int responseTimeout) {
        return "lvagrpc:127.0.0.1:" + server.getPort() + "?pixelFormat=BGR24&width=4&height=2&responseTimeout=" + responseTimeout;
    }
}
