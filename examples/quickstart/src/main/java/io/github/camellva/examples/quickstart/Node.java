package io.github.camellva.examples.quickstart;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.camellva.grpc.LvaGrpcConstants;
import io.github.camellva.proto.Inference;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** Sends the frames of a source to an extension, as a video pipeline does, and reports the answers. */
final class Node {

    static final int MOST_IN_FLIGHT = 4;

    private static final int TICKS_PER_SECOND = 90_000;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    private final FrameSource source;
    private final long mostFrames;
    private final Pace pace;
    private final Report report;
    private final CountDownLatch stop;
    /** Has a party for every frame under way, and one for the node itself. */
    private final Phaser underWay = new Phaser(1);

    /** @param stop once it is counted down no more frames are sent */
    Node(FrameSource source, long mostFrames, Pace pace, Report report, CountDownLatch stop) {
        this.source = source;
        this.mostFrames = mostFrames;
        this.pace = pace;
        this.report = report;
        this.stop = stop;
    }

    /**
     * Returns when every frame is answered, or will not be.
     *
     * @param uri of the extension, with the options of the producer
     */
    void run(CamelContext context, String uri) throws Exception {
        try (AsyncProducer extension = context.getEndpoint(uri).createAsyncProducer()) {
            extension.start();
            sendFrames(context, extension);
            if (stop.getCount() == 0) {
                report.stopping();
            }
            underWay.awaitAdvanceInterruptibly(underWay.arrive(), ANSWER_TIMEOUT.toSeconds() + 1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            report.problem(underWay.getUnarrivedParties() + " frames were neither answered nor given up");
        }
    }

    private void sendFrames(CamelContext context, AsyncProducer extension) throws InterruptedException {
        Instant start = Instant.now();
        for (long sent = 0; sent < mostFrames; sent++) {
            Optional<SourceFrame> frame = nextFrame(sent + 1);
            if (frame.isEmpty() || isStoppedBefore(start.plus(frame.get().position()))) {
                return;
            }
            send(context, extension, frame.get(), start);
        }
    }

    private Optional<SourceFrame> nextFrame(long number) {
        try {
            return source.next();
        } catch (IOException e) {
            report.problem("frame " + number + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Waits only when as many frames as may be are in flight. */
    private void send(CamelContext context, AsyncProducer extension, SourceFrame frame, Instant start) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(frame.pixels());
        exchange.getMessage().setHeader(LvaGrpcConstants.TIMESTAMP, ticks(start.plus(frame.position())));
        underWay.register();
        report.sent();
        long sentNanos = System.nanoTime();
        extension.process(exchange, doneSync -> {
            report(frame, exchange, Duration.ofNanos(System.nanoTime() - sentNanos));
            underWay.arriveAndDeregister();
        });
    }

    @SuppressWarnings("unchecked")
    private void report(SourceFrame frame, Exchange exchange, Duration latency) {
        if (exchange.getException() == null) {
            List<Inference> inferences = exchange.getMessage().getBody(List.class);
            report.answered(frame, latency, inferences);
        } else {
            report.unanswered(frame, exchange.getException().getMessage());
        }
    }

    /** Waits until a frame is due; true when it is not to be sent any more. */
    private boolean isStoppedBefore(Instant due) throws InterruptedException {
        long wait = pace == Pace.REALTIME ? Duration.between(Instant.now(), due).toNanos() : 0;
        return stop.await(wait, TimeUnit.NANOSECONDS);
    }

    private static long ticks(Instant time) {
        return time.getEpochSecond() * TICKS_PER_SECOND + time.getNano() * (long) TICKS_PER_SECOND / 1_000_000_000;
    }
}
