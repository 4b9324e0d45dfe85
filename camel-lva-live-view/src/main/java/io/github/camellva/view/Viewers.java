package io.github.camellva.view;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Those who ask for frames, and the requests that wait for some. A viewer for whom there is no room to wait is told to ask at
 * intervals that are a little shorter than those of frames, and so misses none. Safe for use by many threads.
 */
final class Viewers {

    private static final double PART_OF_FRAME_INTERVAL = 0.8;
    private static final long SHORTEST_INTERVAL_MILLIS = 20;

    private final LvaViewEndpoint endpoint;
    private final ByteLimit limit;
    private final long intervalMillis;
    /** Requests whose answers are not yet written. */
    private final AtomicInteger present = new AtomicInteger();
    /** For answers, whose writing may block with some HTTP servers. */
    private final Executor answering;
    private final LongSupplier nanoTime;
    /** The one that came first is the first. */
    @GuardedBy("this")
    private final Set<Poll> waiting = new LinkedHashSet<>();
    @GuardedBy("this")
    private boolean ended;

    Viewers(LvaViewEndpoint endpoint, ByteLimit limit, Executor answering, LongSupplier nanoTime) {
        this.endpoint = endpoint;
        this.limit = limit;
        this.answering = answering;
        this.nanoTime = nanoTime;
        this.intervalMillis = Math.max(SHORTEST_INTERVAL_MILLIS,
                Math.round(PART_OF_FRAME_INTERVAL * Duration.ofSeconds(1).toMillis() / endpoint.getMaximumFramesPerSecond()));
    }

    /** @return whether it was answered at once */
    boolean poll(Exchange exchange, Map<Camera, Long> seen, AsyncCallback callback) {
        if (present.incrementAndGet() > endpoint.getMaxViewers()) {
            present.decrementAndGet();
            HttpAnswer.unavailable(exchange, "there are " + endpoint.getMaxViewers()
                                             + " requests for frames at once, which is the limit; close a page, or raise the option"
                                             + " maxViewers");
            callback.done(true);
            return true;
        }
        onDone(exchange, present::decrementAndGet);
        Poll poll = new Poll(exchange, callback, seen, nanoTime.getAsLong());
        if (waits(poll)) {
            return false;
        }
        write(poll);
        callback.done(true);
        return true;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** Answers those for whom there is something new. To be called after it is there. */
    void deliver() {
        answer(Poll::hasNews);
    }

    void answerOverdue(Duration longestWait) {
        long now = nanoTime.getAsLong();
        answer(poll -> now - poll.sinceNanos() > longestWait.toNanos());
    }

    /** From now on nobody waits. */
    void endWaiting() {
        synchronized (this) {
            ended = true;
        }
        answer(poll -> true);
    }

    /** Looks for news and begins to wait in one step, so that {@link #deliver} sees whoever has not seen them. */
    private synchronized boolean waits(Poll poll) {
        return !ended && !poll.seen().isEmpty() && !poll.hasNews() && hasRoom() && waiting.add(poll);
    }

    private synchronized boolean hasRoom() {
        return waiting.size() < endpoint.getMaxWaiting();
    }

    private void answer(Predicate<Poll> which) {
        List<Poll> ready = new ArrayList<>();
        synchronized (this) {
            waiting.removeIf(poll -> which.test(poll) && ready.add(poll));
        }
        ready.forEach(this::answer);
    }

    private void answer(Poll poll) {
        try {
            answering.execute(() -> {
                try {
                    write(poll);
                } catch (Throwable e) {
                    poll.exchange().setException(e);
                } finally {
                    poll.callback().done(false);
                }
            });
        } catch (RejectedExecutionException e) {
            HttpAnswer.unavailable(poll.exchange(), "the live view has been stopped");
            poll.callback().done(false);
        }
    }

    private void write(Poll poll) {
        List<ShownFrame> news = Poll.news(poll.seen());
        int bytes = news.stream().mapToInt(ShownFrame::bytes).reduce(0, Math::addExact);
        if (!limit.take(bytes)) {
            HttpAnswer.unavailable(poll.exchange(), "the limit for pictures, " + limit.most()
                                                    + " bytes, is reached; watch fewer cameras, or raise the option maxBytes");
            return;
        }
        boolean written = false;
        try {
            write(poll.exchange(), news, bytes);
            written = true;
        } finally {
            if (!written) {
                limit.release(bytes);
            }
        }
    }

    private void write(Exchange exchange, List<ShownFrame> news, int bytes) {
        ByteBuffer body = ByteBuffer.allocate(bytes);
        news.forEach(frame -> frame.writeTo(body));
        HttpAnswer.ok(exchange, "application/octet-stream", body.flip());
        if (news.isEmpty() || !hasRoom()) {
            HttpAnswer.askAtIntervals(exchange, intervalMillis);
        }
        if (VertxResponse.isOf(exchange.getMessage())) {
            VertxResponse.write(exchange.getMessage(), body, () -> limit.release(bytes));
        } else {
            onDone(exchange, () -> limit.release(bytes));
        }
    }

    private static void onDone(Exchange exchange, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange ended) {
                if (done.compareAndSet(false, true)) {
                    action.run();
                }
            }
        });
    }
}
