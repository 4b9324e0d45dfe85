package io.github.camellva.examples.rig;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.LvaGrpcConstants;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** Sends the frames of a source in their order, several at a time, as a video pipeline does. */
public final class Sender {

    private static final int TICKS_PER_SECOND = 90_000;

    private final Source source;
    private final Pace pace;
    private final int mostInFlight;
    private final Semaphore room;
    private final Tally tally;
    private final Listener listener;

    /** Is told what became of each frame, by any thread, after it was counted. */
    @FunctionalInterface
    public interface Listener {
        void done(CameraFrame frame, Duration latency, Exchange answer);
    }

    public Sender(Source source, Pace pace, int mostInFlight, Tally tally, Listener listener) {
        this.source = source;
        this.pace = pace;
        this.mostInFlight = mostInFlight;
        this.room = new Semaphore(mostInFlight);
        this.tally = tally;
        this.listener = listener;
    }

    /**
     * Sends frames and waits for their answers.
     *
     * @param  console is told when no more are sent because of {@code stop}
     * @return         why the source could not be read to its end; empty if it could
     */
    public Optional<String> run(AsyncProducer to, long mostFrames, CountDownLatch stop, Console console)
            throws InterruptedException {
        Optional<String> problem = Optional.empty();
        try {
            send(to, mostFrames, stop);
        } catch (IOException e) {
            problem = Optional.of("the source ends with an error: " + e.getMessage());
            console.line("problem", problem.get());
        }
        if (stop.getCount() == 0) {
            console.line("stopping", "waiting for answers, " + tally.counts().inFlight() + " frames are in flight");
        }
        awaitAnswers();
        return problem;
    }

    /**
     * Returns when so many frames are sent, when the source has no more, or after {@code stop} was counted down.
     *
     * @throws IOException if the source ends with an error
     */
    public void send(AsyncProducer to, long mostFrames, CountDownLatch stop) throws IOException, InterruptedException {
        long number = 0;
        for (long sent = 0; sent < mostFrames;) {
            Optional<SourceFrame> frame = source.next();
            if (frame.isEmpty() || isStoppedBefore(frame.get().taken(), stop)) {
                return;
            }
            number++;
            if (hasRoom()) {
                send(to, number, frame.get());
                sent++;
            } else {
                tally.leftOut(1);
            }
        }
    }

    /** Returns when every frame that was sent is answered or has failed, as the timeout of the producer sees to. */
    public void awaitAnswers() throws InterruptedException {
        room.acquire(mostInFlight);
    }

    private boolean hasRoom() throws InterruptedException {
        if (pace == Pace.REALTIME) {
            return room.tryAcquire();
        }
        room.acquire();
        return true;
    }

    private void send(AsyncProducer to, long number, SourceFrame frame) {
        CameraFrame sent = new CameraFrame(source.name(), number, ticks(frame.taken()));
        Exchange exchange = exchange(to, sent, frame);
        tally.sent();
        long start = System.nanoTime();
        to.process(exchange, doneSync -> {
            try {
                tally.count(FrameOutcome.of(exchange));
                listener.done(sent, Duration.ofNanos(System.nanoTime() - start), exchange);
            } finally {
                room.release();
            }
        });
    }

    private Exchange exchange(AsyncProducer to, CameraFrame sent, SourceFrame frame) {
        try {
            Exchange exchange = new DefaultExchange(to.getEndpoint().getCamelContext());
            exchange.getMessage().setBody(frame.picture());
            exchange.getMessage().setHeader(LvaGrpcConstants.TIMESTAMP, sent.timestamp());
            exchange.getMessage().setHeader(LvaGrpcConstants.GRAPH_INSTANCE_NAME, source.name());
            exchange.getMessage().getHeaders().putAll(source.headers());
            return exchange;
        } catch (OutOfMemoryError e) {
            room.release();
            throw e;
        }
    }

    /** Waits until a frame is due; true when it is not to be sent any more. */
    private boolean isStoppedBefore(Instant due, CountDownLatch stop) throws InterruptedException {
        long wait = pace == Pace.UNLIMITED ? 0 : Duration.between(Instant.now(), due).toNanos();
        return stop.await(wait, TimeUnit.NANOSECONDS);
    }

    private static long ticks(Instant time) {
        return time.getEpochSecond() * TICKS_PER_SECOND + time.getNano() * (long) TICKS_PER_SECOND / 1_000_000_000;
    }
}
