package io.github.camellva.view;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.github.camellva.grpc.AnsweredFrame.Direction;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing here happens by itself: the test says what time it is, and when answers are written. */
class ViewersTest {

    private static final String INTERVAL = "Lva-View-Interval";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final LvaViewEndpoint options = new LvaViewEndpoint("lvaview:test", new LvaViewComponent(), "test");
    private final ByteLimit limit = new ByteLimit(1000);
    private final Camera camera = new Camera(new CameraKey(Direction.RECEIVED, "0.0.0.0:5001", "gate", "", ""), limit, 10);
    private final Queue<Runnable> answers = new ArrayDeque<>();
    private final AtomicLong now = new AtomicLong();
    private Viewers viewers;

    /** A request, and whether its answer is there. */
    private static final class Request {

        private final Exchange exchange;
        private final CountDownLatch done = new CountDownLatch(1);

        private Request(DefaultCamelContext context) {
            exchange = new DefaultExchange(context);
        }

        private boolean isAnswered() {
            return done.getCount() == 0;
        }

        private ByteBuffer body() {
            return exchange.getMessage().getBody(ByteBuffer.class);
        }

        private Object header(String name) {
            return exchange.getMessage().getHeader(name);
        }
    }

    @BeforeEach
    void start() {
        context.start();
        options.setMaxViewers(3);
        options.setMaxWaiting(2);
        viewers = new Viewers(options, limit, answers::add, now::get);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void whoeverHasSeenTheNewestFrameWaitsForTheNextOne() {
        show(1);
        Request request = poll(1);
        assertThat(request.isAnswered()).isFalse();
        assertThat(viewers.waiting()).isEqualTo(1);
        show(2);
        runAnswers();
        assertThat(request.isAnswered()).isTrue();
        assertThat(request.body().remaining()).isEqualTo(camera.newsSince(0).bytes());
        assertThat(request.header(INTERVAL)).isNull();
        assertThat(viewers.waiting()).isZero();
    }

    @Test
    void whoeverHasNotSeenTheNewestFrameDoesNotWait() {
        show(2);
        assertThat(poll(1).isAnswered()).isTrue();
        assertThat(answers).isEmpty();
    }

    @Test
    void whoeverFindsNoRoomToWaitIsToldToAskAtIntervalsShorterThanThoseOfFrames() {
        poll(0);
        poll(0);
        Request third = poll(0);
        assertThat(third.isAnswered()).isTrue();
        assertThat(third.body().remaining()).isZero();
        assertThat(third.header(INTERVAL)).isEqualTo(80L);
        assertThat(viewers.waiting()).isEqualTo(2);
        end(third);
        camera.show(frame(1));
        Request again = poll(0);
        assertThat(again.body().remaining()).isPositive();
        assertThat(again.header(INTERVAL)).isEqualTo(80L);
    }

    @Test
    void whoeverHasWaitedTooLongIsAnsweredWithoutAFrame() {
        Request early = poll(0);
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        Request late = poll(0);
        now.addAndGet(Duration.ofSeconds(7).toNanos());
        viewers.answerOverdue(Duration.ofSeconds(10));
        runAnswers();
        assertThat(early.isAnswered()).isTrue();
        assertThat(early.body().remaining()).isZero();
        assertThat(late.isAnswered()).isFalse();
    }

    @Test
    void whoeverWatchesNothingDoesNotWait() {
        Request request = new Request(context);
        viewers.poll(request.exchange, Map.of(), doneSync -> request.done.countDown());
        assertThat(request.isAnswered()).isTrue();
        assertThat(request.header(INTERVAL)).isEqualTo(80L);
    }

    @Test
    void nobodyWaitsAfterTheEnd() {
        Request before = poll(0);
        viewers.endWaiting();
        runAnswers();
        assertThat(before.isAnswered()).isTrue();
        assertThat(poll(0).isAnswered()).isTrue();
    }

    @Test
    void aRequestCountsUntilItIsDone() {
        List<Request> all = IntStream.range(0, 3).mapToObj(i -> poll(0)).toList();
        Request refused = poll(0);
        assertThat(refused.header(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(503);
        assertThat(refused.exchange.getMessage().getBody(String.class)).contains("there are 3 requests", "maxViewers");
        end(all.get(2));
        assertThat(poll(0).header(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(200);
    }

    @Test
    void picturesOnTheirWayCountUntilTheRequestIsDone() {
        show(1);
        long held = limit.held();
        Request request = poll(0);
        assertThat(limit.held()).isEqualTo(2 * held);
        end(request);
        assertThat(limit.held()).isEqualTo(held);
    }

    /** A frame may come at any moment while a request begins to wait. Thousands of times it comes at whatever moment the threads make. */
    @Test
    @Timeout(30)
    void noFrameComesUnnoticedWhileARequestBeginsToWait() throws Exception {
        viewers = new Viewers(options, limit, Runnable::run, now::get);
        ExecutorService encoder = Executors.newSingleThreadExecutor();
        try {
            for (int number = 1; number <= 5000; number++) {
                int next = number;
                CountDownLatch ready = new CountDownLatch(1);
                encoder.execute(() -> {
                    ready.countDown();
                    show(next);
                });
                ready.await();
                Request request = poll(number - 1);
                assertThat(request.done.await(10, TimeUnit.SECONDS)).as("frame " + number).isTrue();
                assertThat(request.body().remaining()).as("frame " + number).isPositive();
                end(request);
            }
        } finally {
            encoder.shutdownNow();
        }
    }

    private Request poll(long seen) {
        Request request = new Request(context);
        viewers.poll(request.exchange, Map.of(camera, seen), doneSync -> request.done.countDown());
        return request;
    }

    private void show(long number) {
        camera.show(frame(number));
        viewers.deliver();
    }

    private ShownFrame frame(long number) {
        ShownFrame frame = new ShownFrame(number, new byte[10], new byte[100]);
        assertThat(limit.take(frame.bytes())).isTrue();
        return frame;
    }

    private void runAnswers() {
        for (Runnable answer = answers.poll(); answer != null; answer = answers.poll()) {
            answer.run();
        }
    }

    private static void end(Request request) {
        UnitOfWorkHelper.doneSynchronizations(request.exchange, request.exchange.getExchangeExtension().handoverCompletions());
    }
}
