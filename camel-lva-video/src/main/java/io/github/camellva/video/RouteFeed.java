package io.github.camellva.video;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.video.source.Frame;
import io.github.camellva.video.source.Handover;
import io.github.camellva.video.source.PlayerCounts;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.LoggingExceptionHandler;
import org.jspecify.annotations.Nullable;

/** Takes frames and puts them into the route, one after the other. Its one thread runs the route's synchronous steps. */
final class RouteFeed implements Runnable {

    private final LvaVideoConsumer consumer;
    private final Handover handover;
    private final PlayerCounts counts;
    private final RateLimitedLog log;
    private long number;

    RouteFeed(LvaVideoConsumer consumer, Handover handover, PlayerCounts counts, RateLimitedLog log) {
        this.consumer = consumer;
        this.handover = handover;
        this.counts = counts;
        this.log = log;
    }

    @Override
    public void run() {
        try {
            for (Frame frame = handover.take(); frame != null; frame = handover.take()) {
                counts.taken(frame.picture().bytes().length);
                pass(frame);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever a frame does to who reports it, the next one comes. */
    private void pass(Frame frame) {
        try {
            new Passage(++number).begin(frame);
        } catch (Throwable e) {
            log.warn("Route {} has failed at the end of frame {}: {}", consumer.getRouteId(), number, e.toString());
        }
    }

    /** A frame's way through the route. It ends once, even if the route both throws and calls back. */
    private final class Passage implements AsyncCallback {

        private final long of;
        private final AtomicBoolean ended = new AtomicBoolean();
        private @Nullable Exchange exchange;
        private boolean reusable = true;

        Passage(long of) {
            this.of = of;
        }

        void begin(Frame frame) {
            try {
                exchange = consumer.createExchange(false);
                exchange.setIn(PictureMessage.of(exchange.getContext(), frame, of, consumer.getEndpoint().getConfiguration()));
                consumer.createUoW(exchange);
                consumer.getAsyncProcessor().process(exchange, this);
            } catch (Throwable e) {
                // not for another frame: Camel may still have queued steps of this exchange on this thread
                reusable = false;
                end(e);
            }
        }

        @Override
        public void done(boolean doneSync) {
            end(exchange.getException());
        }

        /** Each step in the {@code finally} of the one before, so that no Error keeps a frame, an exchange or a count. */
        private void end(@Nullable Throwable failure) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            try {
                counts.done(failure != null);
                if (failure != null) {
                    report(failure);
                }
            } finally {
                try {
                    if (exchange != null) {
                        consumer.doneUoW(exchange);
                    }
                } finally {
                    release();
                }
            }
        }

        /** Unless the route's error handler has. A stack trace of every frame of a camera would fill the disk. */
        private void report(Throwable failure) {
            if (exchange != null && !(consumer.getExceptionHandler() instanceof LoggingExceptionHandler)) {
                consumer.getExceptionHandler().handleException("Frame " + of + " has failed", exchange, failure);
            } else if (exchange == null || !exchange.getExchangeExtension().isRedeliveryExhausted()) {
                log.warn("Route {} has failed for frame {}: {}", consumer.getRouteId(), of, failure.toString());
            }
        }

        private void release() {
            try {
                if (exchange != null && reusable) {
                    consumer.releaseExchange(exchange, false);
                }
            } finally {
                handover.done();
            }
        }
    }
}
