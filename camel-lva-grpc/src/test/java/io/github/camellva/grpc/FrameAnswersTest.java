package io.github.camellva.grpc;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

import io.github.camellva.grpc.InferenceCheck.InvalidInferences;
import io.github.camellva.grpc.stream.DataTransfer;
import io.github.camellva.grpc.stream.UnansweredException;
import io.github.camellva.grpc.thread.FrameExecutor;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.RecordingLogger;
import io.github.camellva.grpc.thread.VirtualTime;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** However an answer is lost on its way, its exchange ends once, and never as if it had been answered. */
class FrameAnswersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final OutgoingFrame FRAME = new OutgoingFrame(
            MediaStreamDescriptor.getDefaultInstance(), 7, Optional.empty(), List.of());
    private static final MediaStreamMessage REPLY
            = MediaStreamMessage.newBuilder().setAckSequenceNumber(1).setMediaSample(MediaSample.getDefaultInstance()).build();

    private final VirtualTime time = new VirtualTime();
    private final List<Runnable> tasks = new ArrayList<>();
    private final CompletableFuture<MediaStreamMessage> reply = new CompletableFuture<>();
    private final List<Exchange> done = new ArrayList<>();

    @Test
    void anAnswerThatNobodyHandsOnIsGivenUpAndComesTooLateAfterThat() {
        FrameAnswers answers = answers(tasks::add);
        assertThat(send(answers, exchange())).isFalse();
        time.advance(PATIENCE);
        answers.endLost();
        assertThat(tasks).isEmpty();
        time.advance(Duration.ofMillis(1));
        answers.endLost();
        answers.endLost();
        reply.complete(REPLY);
        tasks.forEach(Runnable::run);
        assertThat(done).singleElement().satisfies(exchange -> assertThat(exchange.getException())
                .isInstanceOf(LvaGrpcException.class).hasMessageContaining("nothing was heard of the frame within 25000 ms"));
    }

    @Test
    void noExchangeIsLeftWhenTheProducerHasStopped() {
        FrameAnswers answers = answers(Runnable::run);
        send(answers, exchange());
        answers.endAll();
        assertThat(done).singleElement().satisfies(exchange -> assertThat(exchange.getException()).hasMessageContaining("has stopped"));
    }

    @Test
    void anExchangeThatHasItsAnswerIsNotGivenUp() {
        FrameAnswers answers = answers(Runnable::run);
        send(answers, exchange());
        reply.complete(REPLY);
        time.advance(PATIENCE.multipliedBy(2));
        answers.endLost();
        assertThat(done).singleElement().satisfies(exchange -> assertThat(exchange.getException()).isNull());
    }

    @Test
    void anExecutorWithoutMemoryThatHasTakenTheAnswerAllTheSameEndsTheExchangeOnce() {
        FrameAnswers answers = answers(task -> {
            tasks.add(task);
            throw new OutOfMemoryError("as if");
        });
        send(answers, exchange());
        reply.complete(REPLY);
        tasks.forEach(Runnable::run);
        assertThat(done).singleElement().satisfies(exchange -> assertThat(exchange.getException()).isNull());
    }

    @Test
    void aFailureThatThereIsNoMemoryToDescribeIsAFailureAllTheSame() {
        FrameAnswers answers = answers(Runnable::run);
        send(answers, withoutMemory(exchange()));
        reply.completeExceptionally(new UnansweredException("too late", Status.DEADLINE_EXCEEDED));
        assertThat(done).singleElement().satisfies(exchange -> assertThat(exchange.getException()).hasMessageContaining("no memory"));
    }

    private boolean send(FrameAnswers answers, Exchange exchange) {
        return answers.await(reply, exchange, FRAME, doneSync -> done.add(exchange));
    }

    /** For a failure other than the one that is kept for this. */
    private static Exchange withoutMemory(Exchange exchange) {
        return (Exchange) Proxy.newProxyInstance(Exchange.class.getClassLoader(), new Class<?>[] { Exchange.class },
                (proxy, method, arguments) -> {
                    if (method.getName().equals("setException")
                            && !String.valueOf(((Throwable) arguments[0]).getMessage()).contains("no memory")) {
                        throw new OutOfMemoryError("as if");
                    }
                    return method.invoke(exchange, arguments);
                });
    }

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }

    private FrameAnswers answers(Executor route) {
        LvaGrpcConfiguration configuration = new LvaGrpcConfiguration();
        configuration.setAddress("host:1");
        ProducerOptions options = ProducerOptions.of(configuration);
        RateLimitedLog log = new RateLimitedLog(RecordingLogger.into(new CopyOnWriteArrayList<>()), time);
        return new FrameAnswers(
                "host:1", new OutgoingFrames(configuration, options, problem -> { }),
                new InferenceCheck(InvalidInferences.ACCEPT, log), RecentFrames.of(configuration),
                new SentFrameView(FrameObservers.of(new DefaultCamelContext()), "host:1", DataTransfer.EMBEDDED, log), false,
                new FrameExecutor() {
                    @Override
                    public void execute(Runnable task) {
                        route.execute(task);
                    }

                    @Override
                    public void defer(Runnable task) {
                        task.run();
                    }
                }, time, PATIENCE);
    }
}
