package io.github.camellva.examples.camera;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ExchangeBuilder;

/** Sends the frames of a source to a route, several at a time, and reports what came of them. */
final class Sender {

    static final int MOST_IN_FLIGHT = 8;

    private static final int TICKS_PER_SECOND = 90_000;

    private final CamelContext context;
    private final Source source;
    private final Pace pace;
    private final Report report;
    private final CountDownLatch stop;
    private final Semaphore room = new Semaphore(MOST_IN_FLIGHT);

    /** @param stop once it is counted down no more frames are sent */
    Sender(CamelContext context, Source source, Pace pace, Report report, CountDownLatch stop) {
        this.context = context;
        this.source = source;
        this.pace = pace;
        this.report = report;
        this.stop = stop;
    }

    /** Returns when all frames are answered or have failed. */
    void run(String route, long mostFrames) throws Exception {
        // one thread, so that frames are sent in the order in which they were taken; the next is decoded meanwhile
        ExecutorService thread = context.getExecutorServiceManager().newSingleThreadExecutor(this, "Sender");
        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.setExecutorService(thread);
            sendFrames(template, route, mostFrames);
            if (stop.getCount() == 0) {
                report.line("stopping", "waiting for answers, " + report.inFlight() + " frames are in flight");
            }
            room.acquire(MOST_IN_FLIGHT);
        } finally {
            context.getExecutorServiceManager().shutdown(thread);
        }
    }

    private void sendFrames(ProducerTemplate template, String route, long mostFrames) throws InterruptedException {
        for (long sent = 0; sent < mostFrames;) {
            Optional<SourceFrame> frame = nextFrame();
            if (frame.isEmpty() || isStoppedBefore(frame.get().taken())) {
                return;
            }
            if (hasRoom()) {
                send(template, route, ++sent, frame.get());
            } else {
                report.leftOut();
            }
        }
    }

    private Optional<SourceFrame> nextFrame() {
        try {
            return source.next();
        } catch (IOException e) {
            report.problem("the source ends with an error: " + e.getMessage());
            return Optional.empty();
        }
    }

    private boolean hasRoom() throws InterruptedException {
        if (pace == Pace.LIVE) {
            return room.tryAcquire();
        }
        room.acquire();
        return true;
    }

    private void send(ProducerTemplate template, String route, long number, SourceFrame frame) {
        Exchange exchange = ExchangeBuilder.anExchange(context)
                .withBody(frame.picture())
                .withHeader(LvaGrpcConstants.TIMESTAMP, ticks(frame.taken()))
                .withHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, source.name())
                .build();
        report.sent();
        template.asyncSend(route, exchange).whenComplete((answer, failure) -> {
            Throwable why = failure != null ? failure : answer.getException();
            if (why == null) {
                report.answered(number);
            } else {
                report.failed(number, describe(why));
            }
            room.release();
        });
    }

    /** Waits until a frame is due; true when it is not to be sent any more. */
    private boolean isStoppedBefore(Instant due) throws InterruptedException {
        long wait = pace == Pace.REALTIME ? Duration.between(Instant.now(), due).toNanos() : 0;
        return stop.await(wait, TimeUnit.NANOSECONDS);
    }

    /** In one line, whatever a server answers. */
    private static String describe(Throwable failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
    }

    private static long ticks(Instant time) {
        return time.getEpochSecond() * TICKS_PER_SECOND + time.getNano() * (long) TICKS_PER_SECOND / 1_000_000_000;
    }
}
