package io.github.camellva.grpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamMessage;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.camellva.grpc.Messages.FRAME_BYTES;
import static io.github.camellva.grpc.Messages.embedded;
import static io.github.camellva.grpc.Messages.entity;
import static io.github.camellva.grpc.Messages.memory;
import static io.github.camellva.grpc.Messages.pixels;
import static io.github.camellva.grpc.Messages.rawDescriptor;
import static io.github.camellva.grpc.Messages.reference;
import static io.github.camellva.grpc.Messages.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An Error anywhere in a route costs the frame that met it, and nothing else: it has one acknowledgement, the session goes on, and
 * what the frame held is given back. The timestamp of a frame says what happens to it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ErrorsInRoutesIT {

    private static final long FINE = 0;
    /** Steps in which a frame can meet its fate; each is a route of its own. */
    private static final List<String> STEPS = List.of(
            "process", "filter", "choice", "transform", "setHeader", "split", "splitParallel", "multicast",
            "threads", "threadsThreads", "delay", "loop", "direct", "doTry", "doFinally", "redelivery", "onException", "pipeline",
            "splitAggregation", "splitAggregationParallel", "splitAggregationBehindThreads", "multicastAggregation",
            "multicastAggregationParallel", "recipientListAggregation", "enrichAggregation",
            "splitAggregationByFunction", "multicastAggregationByFunctionParallel", "splitAggregationByBean",
            "enrichAggregationByBean", "aggregationEnd", "answer", "answerJson", "onCompletion", "synchronization", "wireTap");

    private static final CamelContext CONTEXT = new DefaultCamelContext();

    /** Those where the frame may have been answered already. */
    private static final Set<String> AFTERWARDS = Set.of("onCompletion", "synchronization", "wireTap");

    @TempDir
    static Path memoryDirectory;

    /** What can happen in a step. */
    private enum Fate {
        FINE,
        OUT_OF_MEMORY,
        STACK_OVERFLOW,
        MISSING_CLASS,
        HOSTILE_EXCEPTION,
        HOSTILE_ERROR;

        private static int depth;

        void strike() {
            switch (this) {
                case FINE -> {
                }
                // larger than any array may be, so that the heap of the others does not suffer
                case OUT_OF_MEMORY -> new ArrayList<>(List.of(new byte[Integer.MAX_VALUE]));
                case STACK_OVERFLOW -> recurse();
                case MISSING_CLASS -> throw new NoClassDefFoundError("org/example/Model");
                case HOSTILE_EXCEPTION -> throw new HostileException();
                case HOSTILE_ERROR -> throw new HostileError();
            }
        }

        private static void recurse() {
            depth++;
            recurse();
            depth--;
        }
    }

    /** Whoever wants to log it gets another. */
    private static final class HostileException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    private static final class HostileError extends Error {

        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new StackOverflowError();
        }
    }

    /** An answer that fails when it is read. */
    private record Findings(Fate fate) implements Iterable<Inference> {

        @Override
        public Iterator<Inference> iterator() {
            fate.strike();
            return List.of(entity("found")).iterator();
        }
    }

    /** The same, as the inference document. */
    private static final class FindingsInJson extends InputStream {

        private final Fate fate;
        private final InputStream json = new ByteArrayInputStream(
                """
                        {"inferences": [{"type": "entity", "entity": {"tag": {"value": "found", "confidence": 0.5},
                            "box": {"l": 0, "t": 0, "w": 0.5, "h": 0.5}}}]}""".getBytes(StandardCharsets.UTF_8));

        FindingsInJson(Fate fate) {
            this.fate = fate;
        }

        @Override
        public int read() throws IOException {
            fate.strike();
            return json.read();
        }
    }

    /** Its parts are fine; it is not when all have come. */
    private static final class StrikingAtTheEnd implements AggregationStrategy {

        @Override
        public Exchange aggregate(Exchange before, Exchange part) {
            return part;
        }

        @Override
        public void onCompletion(Exchange exchange) {
            strike(exchange);
        }
    }

    /** Camel makes a strategy of it. */
    public static final class Joining {

        public Object join(Object before, Map<String, Object> headersBefore, Object part, Map<String, Object> headers) {
            fate(headers.get(LvaGrpcConstants.TIMESTAMP)).strike();
            return part;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        CONTEXT.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
        CONTEXT.setTracing(true);
        CONTEXT.getRegistry().bind("strikingAtTheEnd", new StrikingAtTheEnd());
        CONTEXT.getRegistry().bind("function", (BiFunction<Exchange, Exchange, Object>) ErrorsInRoutesIT::aggregate);
        CONTEXT.getRegistry().bind("joining", new Joining());
        CONTEXT.addRoutes(routes());
        CONTEXT.start();
    }

    @AfterAll
    static void stop() {
        CONTEXT.stop();
    }

    private static RoutesBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                route("process").process(ErrorsInRoutesIT::strike).process(ErrorsInRoutesIT::find);
                route("filter").filter(ErrorsInRoutesIT::struck).process(exchange -> { }).end().process(ErrorsInRoutesIT::find);
                route("choice").choice().when(ErrorsInRoutesIT::struck).process(ErrorsInRoutesIT::find).end();
                route("transform").transform().exchange(ErrorsInRoutesIT::struck).process(ErrorsInRoutesIT::find);
                route("setHeader").setHeader("struck").exchange(ErrorsInRoutesIT::struck).process(ErrorsInRoutesIT::find);
                route("split").split().constant(List.of(1, 2, 3)).process(ErrorsInRoutesIT::strike).end()
                        .process(ErrorsInRoutesIT::find);
                route("splitParallel").split().constant(List.of(1, 2, 3)).parallelProcessing()
                        .process(ErrorsInRoutesIT::strike).end().process(ErrorsInRoutesIT::find);
                route("multicast").multicast().parallelProcessing().pipeline().process(ErrorsInRoutesIT::strike).end().pipeline()
                        .process(exchange -> { }).end().end().process(ErrorsInRoutesIT::find);
                route("threads").threads(2).process(ErrorsInRoutesIT::strike).process(ErrorsInRoutesIT::find);
                route("threadsThreads").threads(2).process(exchange -> { }).threads(2).process(ErrorsInRoutesIT::strike)
                        .process(ErrorsInRoutesIT::find);
                route("delay").delay(1).asyncDelayed().process(ErrorsInRoutesIT::strike).end().process(ErrorsInRoutesIT::find);
                route("loop").loop(3).process(ErrorsInRoutesIT::strike).end().process(ErrorsInRoutesIT::find);
                route("direct").to("direct:struck").process(ErrorsInRoutesIT::find);
                from("direct:struck").threads(2).process(ErrorsInRoutesIT::strike);
                route("doTry").doTry().process(ErrorsInRoutesIT::strike).doCatch(IllegalArgumentException.class)
                        .process(exchange -> { }).end().process(ErrorsInRoutesIT::find);
                route("doFinally").doTry().process(exchange -> { }).doFinally().process(ErrorsInRoutesIT::strike).end()
                        .process(ErrorsInRoutesIT::find);
                from(extension()).routeId("redelivery")
                        .errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1).asyncDelayedRedelivery())
                        .process(ErrorsInRoutesIT::strike).process(ErrorsInRoutesIT::find);
                from(extension()).routeId("onException")
                        .onException(IllegalArgumentException.class).handled(true).process(ErrorsInRoutesIT::strike).end()
                        .process(ErrorsInRoutesIT::throwUnlessFine).process(ErrorsInRoutesIT::find);
                route("pipeline").pipeline().process(exchange -> { }).process(ErrorsInRoutesIT::strike).end()
                        .process(ErrorsInRoutesIT::find);
                route("splitAggregation").split(constant(List.of(1, 2, 3)), ErrorsInRoutesIT::aggregate).process(exchange -> { })
                        .end().process(ErrorsInRoutesIT::find);
                route("splitAggregationParallel").split(constant(List.of(1, 2, 3)), ErrorsInRoutesIT::aggregate)
                        .parallelProcessing().process(exchange -> { }).end().process(ErrorsInRoutesIT::find);
                route("splitAggregationBehindThreads").threads(2).process(exchange -> { })
                        .split(constant(List.of(1, 2, 3)), ErrorsInRoutesIT::aggregate).process(exchange -> { }).end()
                        .process(ErrorsInRoutesIT::find);
                route("multicastAggregation").process(exchange -> { }).multicast(ErrorsInRoutesIT::aggregate)
                        .process(exchange -> { }).process(exchange -> { }).end().process(ErrorsInRoutesIT::find);
                route("multicastAggregationParallel").multicast(ErrorsInRoutesIT::aggregate).parallelProcessing()
                        .process(exchange -> { }).process(exchange -> { }).end().process(ErrorsInRoutesIT::find);
                route("recipientListAggregation").recipientList(constant("direct:one,direct:two"))
                        .aggregationStrategy(ErrorsInRoutesIT::aggregate).end().process(ErrorsInRoutesIT::find);
                route("enrichAggregation").enrich("direct:far", ErrorsInRoutesIT::aggregate).process(ErrorsInRoutesIT::find);
                from("direct:far").threads(2).process(exchange -> { });
                from("direct:one").process(exchange -> { });
                from("direct:two").process(exchange -> { });
                route("aggregationEnd").split(constant(List.of(1, 2, 3))).aggregationStrategy("#bean:strikingAtTheEnd")
                        .process(exchange -> { }).end()
                        .process(ErrorsInRoutesIT::find);
                route("splitAggregationByFunction").split(constant(List.of(1, 2, 3))).aggregationStrategy("function")
                        .aggregationStrategyMethodAllowNull().process(exchange -> { }).end().process(ErrorsInRoutesIT::find);
                route("multicastAggregationByFunctionParallel").multicast().aggregationStrategy("#bean:function")
                        .aggregationStrategyMethodAllowNull().parallelProcessing().process(exchange -> { }).process(exchange -> { })
                        .end().process(ErrorsInRoutesIT::find);
                route("splitAggregationByBean").split(constant(List.of(1, 2, 3))).aggregationStrategy("joining")
                        .aggregationStrategyMethodName("join").aggregationStrategyMethodAllowNull().process(exchange -> { }).end()
                        .process(ErrorsInRoutesIT::find);
                route("enrichAggregationByBean").enrich().constant("direct:far").aggregationStrategy("joining")
                        .aggregationStrategyMethodAllowNull(true).end().process(ErrorsInRoutesIT::find);
                route("answer").process(exchange -> exchange.getMessage().setBody(new Findings(fate(exchange))));
                route("answerJson").process(exchange -> exchange.getMessage().setBody(new FindingsInJson(fate(exchange))));
                from(extension()).routeId("onCompletion").onCompletion().process(ErrorsInRoutesIT::strike).end()
                        .process(ErrorsInRoutesIT::find);
                route("synchronization").process(ErrorsInRoutesIT::strikeAtTheEnd).process(ErrorsInRoutesIT::find);
                route("wireTap").wireTap("direct:struck").process(ErrorsInRoutesIT::find);
            }

            private String extension() {
                return "lvagrpc:127.0.0.1:0?sharedMemoryAccess=map&maxInFlight=4&sharedMemoryDirectory=" + memoryDirectory;
            }

            private RouteDefinition route(String id) {
                return from(extension()).routeId(id);
            }
        };
    }

    static Stream<Arguments> stepsAndTransfers() {
        return STEPS.stream().flatMap(step -> Stream.of(Arguments.of(step, false), Arguments.of(step, true)));
    }

    @ParameterizedTest(name = "in {0}, shared memory {1}")
    @MethodSource("stepsAndTransfers")
    void anErrorCostsTheFrameThatMetItAndNothingElse(String step, boolean sharedMemory) throws Exception {
        String handle = step + sharedMemory;
        Files.write(memoryDirectory.resolve(handle), pixels(8 * FRAME_BYTES, 1));
        LvaGrpcConsumer consumer = (LvaGrpcConsumer) CONTEXT.getRoute(step).getConsumer();
        try (RawNode node = RawNode.connect(consumer.getPort())) {
            node.open(sharedMemory
                    ? rawDescriptor().setSharedMemoryBufferTransferProperties(memory(handle, 8 * FRAME_BYTES)) : rawDescriptor());
            long number = 1;
            for (Fate fate : Fate.values()) {
                for (long timestamp : new long[] { fate.ordinal(), FINE }) {
                    node.send(frame(timestamp, sharedMemory, number));
                    MediaStreamMessage answer = receive(node, fate);
                    assertThat(answer.getAckSequenceNumber()).as("%s", fate).isEqualTo(++number);
                    if (timestamp == FINE) {
                        assertThat(tags(answer)).as("after %s", fate).containsExactly("found");
                    } else if (!AFTERWARDS.contains(step)) {
                        assertThat(answer.hasMediaSample()).as("%s passes for success", fate).isFalse();
                    }
                }
            }
            // all at once: the route's threads serve them still
            for (int i = 0; i < 12; i++) {
                node.send(frame(i % Fate.values().length, sharedMemory, i));
            }
            for (int i = 0; i < 12; i++) {
                assertThat(node.receive().getAckSequenceNumber()).isEqualTo(++number);
            }
            await().untilAsserted(() -> {
                assertThat(consumer.getFramesInFlight()).isZero();
                assertThat(consumer.getPendingExchangesSize()).isZero();
                assertThat(CONTEXT.getInflightRepository().size(step)).isZero();
            });
            assertThat(node.pending()).as("acknowledged twice").isZero();
            long began = System.nanoTime();
            CONTEXT.getRouteController().stopRoute(step);
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).as("seconds to stop").isLessThan(3);
            node.awaitEnd();
        }
        if (sharedMemory) {
            await().until(() -> {
                System.gc();
                return !isMapped(handle);
            });
        }
        CONTEXT.getRouteController().startRoute(step);
    }

    private static MediaStreamMessage receive(RawNode node, Fate fate) {
        try {
            return node.receive();
        } catch (AssertionError e) {
            throw new AssertionError(fate + ": " + e.getMessage(), e);
        }
    }

    private static MediaSample.Builder frame(long timestamp, boolean sharedMemory, long number) {
        return sharedMemory
                ? reference(timestamp, number % 8 * FRAME_BYTES, FRAME_BYTES) : embedded(timestamp, pixels(FRAME_BYTES, 1));
    }

    private static Fate fate(Exchange exchange) {
        return fate(exchange.getMessage().getHeader(LvaGrpcConstants.TIMESTAMP));
    }

    private static Fate fate(Object timestamp) {
        return Fate.values()[((Number) timestamp).intValue()];
    }

    private static void strike(Exchange exchange) {
        fate(exchange).strike();
    }

    private static boolean struck(Exchange exchange) {
        strike(exchange);
        return true;
    }

    private static Exchange aggregate(Exchange before, Exchange part) {
        strike(part);
        return part;
    }

    private static void throwUnlessFine(Exchange exchange) {
        if (fate(exchange) != Fate.FINE) {
            throw new IllegalArgumentException("to be handled");
        }
    }

    private static void strikeAtTheEnd(Exchange exchange) {
        Fate fate = fate(exchange);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                fate.strike();
            }
        });
    }

    private static void find(Exchange exchange) {
        exchange.getMessage().setBody(entity("found"));
    }

    private static boolean isMapped(String handle) throws IOException {
        Path maps = Path.of("/proc/self/maps");
        return Files.exists(maps) && Files.readString(maps).contains("/" + handle);
    }
}
