package io.github.camellva.view;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** Those who ask for frames, and the requests that wait for some. Safe for use by many threads. */
final class Viewers implements AutoCloseable {

    private static final long IDLE_SECONDS = 10;

    private final LvaViewEndpoint endpoint;
    private final ByteLimit limit;
    /** Requests whose answers are not yet written. */
    private final AtomicInteger present = new AtomicInteger();
    /** For answers, whose writing may block with some HTTP servers: a slow viewer holds one, and no other thread. */
    private final ExecutorService answering;
    /** The one that came first is the first. */
    @GuardedBy("this")
    private final Set<Poll> waiting = new LinkedHashSet<>();
    @GuardedBy("this")
    private boolean closed;

    Viewers(LvaViewEndpoint endpoint, ByteLimit limit, String name) {
        this.endpoint = endpoint;
        this.limit = limit;
        this.answering = endpoint.getCamelContext().getExecutorServiceManager()
                .newThreadPool(this, name + "Answers", profile(endpoint.getMaxViewers()));
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
        Poll poll = new Poll(exchange, callback, seen, System.nanoTime());
        if (!poll.hasNews() && await(poll)) {
            // again, since some may have come before it waited
            if (poll.hasNews() && endWait(poll)) {
                answer(poll);
            }
            return false;
        }
        write(poll);
        callback.done(true);
        return true;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** Answers those for whom there is something new. */
    void deliver() {
        answer(Poll::hasNews);
    }

    void answerOverdue(Duration longestWait) {
        long now = System.nanoTime();
        answer(poll -> now - poll.sinceNanos() > longestWait.toNanos());
    }

    /** From now on nobody waits. */
    void endWaiting() {
        synchronized (this) {
            closed = true;
        }
        answer(poll -> true);
    }

    @Override
    public void close() {
        endWaiting();
        endpoint.getCamelContext().getExecutorServiceManager().shutdown(answering);
    }

    /** @return false if it is not to wait: there is nobody left to end it */
    private boolean await(Poll poll) {
        Poll longest = null;
        synchronized (this) {
            if (closed || poll.seen().isEmpty()) {
                return false;
            }
            waiting.add(poll);
            if (waiting.size() > endpoint.getMaxWaiting()) {
                Iterator<Poll> first = waiting.iterator();
                longest = first.next();
                first.remove();
            }
        }
        if (longest != null) {
            answer(longest);
        }
        return true;
    }

    private synchronized boolean endWait(Poll poll) {
        return waiting.remove(poll);
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
        onDone(poll.exchange(), () -> limit.release(bytes));
        ByteBuffer body = ByteBuffer.allocate(bytes);
        news.forEach(frame -> frame.writeTo(body));
        HttpAnswer.ok(poll.exchange(), "application/octet-stream", body.flip());
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

    private static ThreadPoolProfile profile(int most) {
        ThreadPoolProfile profile = new ThreadPoolProfile("lvaview");
        profile.setPoolSize(1);
        // twice the limit: a finished worker may not have returned to the pool yet
        profile.setMaxPoolSize(2 * most);
        profile.setMaxQueueSize(0);
        profile.setKeepAliveTime(IDLE_SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }
}
