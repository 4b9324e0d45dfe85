package io.github.camellva.grpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How many frames are in the route at once, on which threads, and in which order they are answered. */
class FlowControlIT extends LvaGrpcTestSupport {

    private final AtomicInteger inRoute = new AtomicInteger();
    private final AtomicInteger mostInRoute = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final HoldingProcessor held = new HoldingProcessor();

    /** Keeps exchanges without a thread until they are let go. */
    private static final class HoldingProcessor extends AsyncProcessorSupport {

        private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Long number = exchange.getMessage().getHeader(LvaGrpcConstants.SEQUENCE_NUMBER, Long.class);
            exchange.getMessage().setBody(Messages.entity("frame " + number));
            waiting.add(() -> callback.done(false));
            return false;
        }

        void letGo() {
            waiting.remove().run();
        }

        void letGoAll() {
            while (!waiting.isEmpty()) {
                letGo();
            }
        }

        void letGoLast() {
            List<Runnable> all = new ArrayList<>(waiting);
            Runnable last = all.get(all.size() - 1);
            waiting.remove(last);
            last.run();
        }
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(EXTENSION + "?maxInFlight=4").routeId("gate").process(exchange -> {
                    mostInRoute.accumulateAndGet(inRoute.incrementAndGet(), Math::max);
                    threads.add(Thread.currentThread().getName());
                    gate.await();
                    inRoute.decrementAndGet();
                });
                from(EXTENSION + "?maxInFlight=3&poolSize=1").routeId("held").process(held);
                from(EXTENSION + "?maxInFlight=3&ordered=false&poolSize=1").routeId("unordered").process(held);
                from(EXTENSION + "?maxInFlight=1&overflow=skip&ordered=false&poolSize=1").routeId("skip").process(held);
                from(EXTENSION + "?maxSessions=2").routeId("two").process(exchange -> exchange.getMessage().setBody(null));
                from(EXTENSION).routeId("seda").to("seda:elsewhere");
                from("seda:elsewhere?pollTimeout=10").process(exchange -> {
                    threads.add(Thread.currentThread().getName());
                    exchange.getMessage().setBody(Messages.entity("from seda"));
                });
                from(EXTENSION).routeId("threads").threads(2).process(exchange -> {
                    threads.add(Thread.currentThread().getName());
                    exchange.getMessage().setBody(Messages.entity("from threads"));
                });
            }
        };
    }

    @AfterEach
    void letEverythingGo() {
        gate.countDown();
        held.letGoAll();
    }

    @Test
    void neverMoreFramesThanMaxInFlightAreInTheRoute() {
        try (RawNode node = connect("gate")) {
            node.open(rawDescriptor());
            sendFrames(node, 50);
            await().until(() -> inRoute.get() == 4);
            assertThat(node.pending()).isZero();
            gate.countDown();
            for (long number = 2; number <= 51; number++) {
                assertThat(node.receive().getAckSequenceNumber()).isEqualTo(number);
            }
            assertThat(mostInRoute).hasValue(4);
        }
    }

    @Test
    void theRouteRunsOnThreadsOfCamelAndNeverOnThoseOfGrpc() {
        gate.countDown();
        try (RawNode node = connect("gate")) {
            node.open(rawDescriptor());
            sendFrames(node, 20);
            for (int i = 0; i < 20; i++) {
                node.receive();
            }
        }
        assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("Camel (") && name.contains("LvaGrpc"));
    }

    @Test
    void aSessionWhoseFramesAreStuckDoesNotHoldUpAnother() {
        try (RawNode stuck = connect("gate"); RawNode other = connect("two")) {
            stuck.open(rawDescriptor());
            sendFrames(stuck, 20);
            await().until(() -> inRoute.get() == 4);
            other.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
            assertThat(other.receive().getAckSequenceNumber()).isEqualTo(2);
            gate.countDown();
        }
    }

    @Test
    void asynchronousRoutesWaitWithoutAThread() {
        try (RawNode node = connect("held")) {
            node.open(rawDescriptor());
            sendFrames(node, 3);
            await().until(() -> held.waiting.size() == 3);
            held.letGo();
            held.letGo();
            held.letGo();
            assertThat(tags(node.receive())).containsExactly("frame 2");
            assertThat(tags(node.receive())).containsExactly("frame 3");
            assertThat(tags(node.receive())).containsExactly("frame 4");
        }
    }

    @Test
    void answersComeInRequestOrder() {
        try (RawNode node = connect("held")) {
            node.open(rawDescriptor());
            sendFrames(node, 3);
            await().until(() -> held.waiting.size() == 3);
            held.letGoLast();
            held.letGoLast();
            held.letGo();
            for (long number = 2; number <= 4; number++) {
                MediaStreamMessage answer = node.receive();
                assertThat(answer.getAckSequenceNumber()).isEqualTo(number);
                assertThat(answer.getSequenceNumber()).isEqualTo(number);
            }
        }
    }

    @Test
    void answersComeAsTheyAreDoneWhenUnordered() {
        try (RawNode node = connect("unordered")) {
            node.open(rawDescriptor());
            sendFrames(node, 3);
            await().until(() -> held.waiting.size() == 3);
            held.letGoLast();
            assertThat(node.receive().getAckSequenceNumber()).isEqualTo(4);
            held.letGo();
            assertThat(node.receive().getAckSequenceNumber()).isEqualTo(2);
        }
    }

    @Test
    void skippingGivesTheRouteTheFreshestFrame() {
        try (RawNode node = connect("skip")) {
            node.open(rawDescriptor());
            sendFrames(node, 30);
            for (long number = 3; number <= 30; number++) {
                MediaStreamMessage skipped = node.receive();
                assertThat(skipped.getAckSequenceNumber()).isEqualTo(number);
                assertThat(skipped.hasMediaSample()).as("acknowledged alone").isFalse();
            }
            // others are skipped as soon as it is on its way into the route
            await().until(() -> held.waiting.size() == 1);
            held.letGo();
            assertThat(tags(node.receive())).containsExactly("frame 2");
            await().until(() -> held.waiting.size() == 1);
            held.letGo();
            assertThat(tags(node.receive())).containsExactly("frame 31");
        }
    }

    @Test
    void sessionsBeyondTheLimitAreRefusedAndTakenAgainWhenOneEnds() {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port("two")).usePlaintext().build();
        try (RawNode first = RawNode.on(channel); RawNode second = RawNode.on(channel)) {
            first.open(rawDescriptor());
            second.open(rawDescriptor());
            try (RawNode third = RawNode.on(channel)) {
                Status end = third.awaitEnd();
                assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(end.getDescription()).contains("at most 2 sessions").contains("maxSessions");
            }
            first.halfClose();
            assertThat(first.awaitEnd().isOk()).isTrue();
            try (RawNode third = RawNode.on(channel)) {
                third.open(rawDescriptor()).send(embedded(1, pixels(FRAME_BYTES, 1)));
                assertThat(third.receive().getAckSequenceNumber()).isEqualTo(2);
            }
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void manySessionsAreServedAtOnce() {
        gate.countDown();
        List<RawNode> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                nodes.add(connect("gate").open(rawDescriptor()));
            }
            nodes.forEach(node -> sendFrames(node, 20));
            for (RawNode node : nodes) {
                for (long number = 2; number <= 21; number++) {
                    assertThat(node.receive().getAckSequenceNumber()).isEqualTo(number);
                }
            }
        } finally {
            nodes.forEach(RawNode::close);
        }
    }

    @Test
    void aRouteMayGoOnInSeda() {
        assertAnswered("seda", "from seda");
        assertThat(threads).allMatch(name -> name.contains("seda"));
    }

    @Test
    void aRouteMayGoOnOnOtherThreads() {
        assertAnswered("threads", "from threads");
        assertThat(threads).allMatch(name -> name.contains("Threads"));
    }

    private void assertAnswered(String route, String tag) {
        try (RawNode node = connect(route)) {
            node.open(rawDescriptor());
            sendFrames(node, 20);
            for (long number = 2; number <= 21; number++) {
                MediaStreamMessage answer = node.receive();
                assertThat(answer.getAckSequenceNumber()).isEqualTo(number);
                assertThat(tags(answer)).containsExactly(tag);
            }
        }
    }

    private static void sendFrames(RawNode node, int count) {
        for (int i = 0; i < count; i++) {
            node.send(embedded(i, pixels(FRAME_BYTES, i)));
        }
    }
}
