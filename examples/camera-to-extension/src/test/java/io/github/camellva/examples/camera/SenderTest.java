package io.github.camellva.examples.camera;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import io.github.camellva.examples.rig.Console;
import io.github.camellva.examples.rig.FrameCounts;
import io.github.camellva.examples.rig.Pace;
import io.github.camellva.examples.rig.Sender;
import io.github.camellva.examples.rig.Source;
import io.github.camellva.examples.rig.SourceFrame;
import io.github.camellva.examples.rig.Tally;
import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Frames to a route that stands for one with an extension. */
@Timeout(60)
class SenderTest {

    private static final Instant TAKEN = Instant.parse("2021-05-14T21:24:09.436Z");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(printed, true, StandardCharsets.UTF_8));
    private final Tally tally = new Tally();
    private final CamelContext context = new DefaultCamelContext();
    private final CountDownLatch sourceEnds = new CountDownLatch(1);

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void framesGoInOrderWithTheirTimeAndTheNameOfTheirSource() throws Exception {
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        send(40, Pace.UNLIMITED, exchange -> received.add(exchange.getMessage().getBody(String.class)
                + " " + exchange.getMessage().getHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME)
                + " " + exchange.getMessage().getHeader(LvaGrpcConstants.TIMESTAMP, Long.class)));
        assertThat(received).isEqualTo(LongStream.range(0, 40).mapToObj(i -> i + " camera 145892470449240").toList());
        assertThat(tally.counts().isComplete()).isTrue();
    }

    @Test
    void framesOfACameraAreLeftOutWhenTooManyWait() throws Exception {
        sendByThreads(20, exchange -> assertThat(sourceEnds.await(10, TimeUnit.SECONDS)).isTrue());
        FrameCounts summary = tally.counts();
        assertThat(summary.sent()).isEqualTo(CameraToExtension.MOST_IN_FLIGHT);
        assertThat(summary.answered()).isEqualTo(CameraToExtension.MOST_IN_FLIGHT);
        assertThat(summary.leftOut()).isEqualTo(20 - CameraToExtension.MOST_IN_FLIGHT);
        assertThat(summary.isComplete()).isTrue();
    }

    @Test
    void ofSeveralFramesThatFailTheFirstIsTold() throws Exception {
        send(9, Pace.UNLIMITED, exchange -> {
            long number = exchange.getMessage().getBody(Long.class);
            if (number % 4 != 0) {
                throw new IOException("no answer\nto " + number);
            }
        });
        FrameCounts summary = tally.counts();
        assertThat(summary.failed()).isEqualTo(6);
        assertThat(summary.isComplete()).isFalse();
        assertThat(lines()).startsWith(
                "failed     frame 2: no answer to 1", "answered   frame 5, after 3 that failed",
                "failed     frame 6: no answer to 5", "answered   frame 9, after 3 that failed");
        assertThat(summary.answered()).isEqualTo(3);
    }

    @Test
    void framesThatTheExtensionDidNotProcessAreNoSuccess() throws Exception {
        send(3, Pace.UNLIMITED, exchange -> {
            boolean processed = exchange.getMessage().getBody(Long.class) == 0;
            exchange.getMessage().setHeader("CamelLvaGrpcOutcome", processed ? "answered" : "notProcessed");
        });
        assertThat(tally.counts()).isEqualTo(new FrameCounts(3, 0, 1, 2, 0));
        assertThat(tally.counts().isComplete()).isFalse();
        assertThat(lines()).containsExactly("failed     frame 2: the extension acknowledged it, but did not process it");
    }

    /** Through a route that does not hold the sender, as none does that waits for an extension. */
    private void sendByThreads(int frames, Processor processor) throws Exception {
        through(frames, Pace.REALTIME, from -> from.threads(CameraToExtension.MOST_IN_FLIGHT).process(processor));
    }

    private void send(int frames, Pace pace, Processor processor) throws Exception {
        through(frames, pace, from -> from.process(processor));
    }

    private void through(int frames, Pace pace, Consumer<RouteDefinition> steps) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                steps.accept(from("direct:test"));
            }
        });
        try (AsyncProducer route = context.getEndpoint("direct:test").createAsyncProducer()) {
            route.start();
            new Sender(source(frames), pace, CameraToExtension.MOST_IN_FLIGHT, tally, new Progress(console, tally))
                    .run(route, Long.MAX_VALUE, new CountDownLatch(1), console);
        }
    }

    private Source source(long frames) {
        return new Source() {

            private long next;

            @Override
            public String name() {
                return "camera";
            }

            @Override
            public String description() {
                return "numbers";
            }

            @Override
            public Kind kind() {
                return Kind.LIVE;
            }

            @Override
            public Optional<SourceFrame> next() {
                if (next == frames) {
                    sourceEnds.countDown();
                    return Optional.empty();
                }
                return Optional.of(new SourceFrame(TAKEN, next++));
            }
        };
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
