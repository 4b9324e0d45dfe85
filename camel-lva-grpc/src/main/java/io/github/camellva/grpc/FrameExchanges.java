package io.github.camellva.grpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camellva.grpc.inference.Inferences;
import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.stream.Failures;
import io.github.camellva.grpc.stream.Frame;
import io.github.camellva.grpc.stream.FrameHandler;
import io.github.camellva.grpc.stream.SampleOutcome;
import io.github.camellva.grpc.stream.SessionDescription;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.proto.Inference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.MessageHelper;
import org.jspecify.annotations.Nullable;

/** Where frames and exchanges meet: a frame becomes an exchange, and the result of its route becomes the frame's answer. */
final class FrameExchanges implements FrameHandler {

    /** Made beforehand, since it is needed when the memory for one may be missing. */
    private static final Throwable NOT_COMPLETED = new IllegalStateException("the frame was not completed");

    private final LvaGrpcConsumer consumer;
    private final RecentFrames recent;
    private final InferenceCheck check;
    private final FrameObservers observers;
    private final RateLimitedLog log;
    private final boolean errorHandlerLogs;
    /** Exchanges not yet released, some of which may have been answered. */
    private final AtomicInteger pending = new AtomicInteger();

    /** @param errorHandlerLogs whether the route's error handler logs the failures that it gives up */
    FrameExchanges(
                   LvaGrpcConsumer consumer, RecentFrames recent, InferenceCheck check, FrameObservers observers, RateLimitedLog log,
                   boolean errorHandlerLogs) {
        this.consumer = consumer;
        this.recent = recent;
        this.check = check;
        this.observers = observers;
        this.log = log;
        this.errorHandlerLogs = errorHandlerLogs;
    }

    int pending() {
        return pending.get();
    }

    @Override
    public void onFrame(Frame frame) {
        new Passage(frame).begin();
    }

    /**
     * What a route found.
     *
     * @param  content                  the frame that the route was given
     * @throws IllegalArgumentException naming the type of the body and the accepted types
     */
    static List<Inference> answerOf(Message message, @Nullable ByteBuffer content) {
        MessageHelper.resetStreamCache(message);
        return isLeftInPlace(message, content) ? List.of() : Inferences.of(message.getBody());
    }

    /** Whether the route sent the frame to another extension, which did not look at it, and has found nothing otherwise. */
    private static boolean isUnprocessed(Message message, List<Inference> found) {
        return found.isEmpty() && !(message instanceof FrameMessage frame && frame.isUntouched())
               && (message.getBody() == null
                       && SampleOutcome.NOT_PROCESSED.label().equals(message.getHeader(LvaGrpcConstants.OUTCOME))
                       || Boolean.TRUE.equals(message.getHeader(LvaGrpcConstants.SAMPLED_OUT)));
    }

    /** The failure that the route has handled without answering: it ended early, or left the frame in place; null when there is none. */
    private static @Nullable Exception handledFailure(Exchange exchange, @Nullable ByteBuffer content) {
        Exception caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        return caught != null && (isEndedEarly(exchange) || isLeftInPlace(exchange.getMessage(), content)) ? caught : null;
    }

    private static boolean isEndedEarly(Exchange exchange) {
        ExchangeExtension extension = exchange.getExchangeExtension();
        return extension.isErrorHandlerHandledSet() && extension.isErrorHandlerHandled();
    }

    private static boolean isLeftInPlace(Message message, @Nullable ByteBuffer content) {
        return message instanceof FrameMessage untouched && untouched.hasBody(content) || isFrame(message.getBody(), content);
    }

    /** Whether a body is the frame, in another message, as a view that has been read, or as the bytes that a step wanted. */
    private static boolean isFrame(@Nullable Object body, @Nullable ByteBuffer content) {
        return content != null && (body instanceof ByteBuffer buffer && buffer.duplicate().clear().equals(content)
                || body instanceof byte[] bytes && ByteBuffer.wrap(bytes).equals(content));
    }

    /** A frame's way through the route. It ends once, even if the route both throws and calls back. */
    private final class Passage implements AsyncCallback {

        private final Frame frame;
        private final AtomicBoolean ended = new AtomicBoolean();
        private @Nullable Exchange exchange;
        private @Nullable ByteBuffer content;
        private boolean reusable = true;

        Passage(Frame frame) {
            this.frame = frame;
            pending.incrementAndGet();
        }

        void begin() {
            try {
                enter();
            } catch (Throwable e) {
                reject(e);
                return;
            }
            try {
                consumer.getAsyncProcessor().process(exchange, this);
            } catch (Throwable e) {
                // not for another frame: Camel may still have queued steps of this exchange on this thread
                reusable = false;
                end(e);
            }
        }

        @Override
        public void done(boolean doneSync) {
            end(null);
        }

        private void enter() throws Exception {
            exchange = consumer.createExchange(false);
            content = frame.content();
            exchange.setIn(new FrameMessage(exchange.getContext(), frame, content));
            consumer.createUoW(exchange);
        }

        /**
         * Each step in the {@code finally} of the one before, so that no Error keeps a frame, an exchange or a count. Nothing is
         * allocated between them, since that could fail as well.
         */
        private void end(@Nullable Throwable failure) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            try {
                if (failure == null) {
                    complete();
                } else {
                    fail(failure, false);
                }
            } finally {
                try {
                    consumer.doneUoW(exchange);
                } finally {
                    release();
                }
            }
        }

        /** The frame never reached the route. */
        private void reject(Throwable cause) {
            try {
                report(cause);
            } finally {
                try {
                    frame.fail(cause);
                } finally {
                    release();
                }
            }
        }

        private void complete() {
            if (exchange.getException() != null) {
                fail(exchange.getException(), errorHandlerLogs && isOfThisRoute());
                return;
            }
            List<Inference> found;
            try {
                found = answerOf(exchange.getMessage(), content);
                check.check(frame.session()::toString, found);
            } catch (Throwable e) {
                exchange.setException(e);
                fail(e, false);
                return;
            }
            Exception handled = found.isEmpty() ? handledFailure(exchange, content) : null;
            if (handled != null) {
                recent.ended(SampleOutcome.FAILED, Failures.describe(handled));
                frame.failHandled(handled);
                return;
            }
            if (isUnprocessed(exchange.getMessage(), found)) {
                show(SampleOutcome.SKIPPED, found);
                frame.notProcessed();
                return;
            }
            recent.ended(SampleOutcome.ANSWERED, null);
            show(SampleOutcome.ANSWERED, found);
            frame.answer(found);
        }

        /** Whether the error handler of this route has had it. That of a route behind it may have kept silent. */
        private boolean isOfThisRoute() {
            return exchange.getExchangeExtension().isErrorHandlerHandledSet()
                   && Objects.equals(consumer.getRouteId(), exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID));
        }

        private void fail(Throwable failure, boolean isLogged) {
            try {
                recent.ended(SampleOutcome.FAILED, Failures.describe(failure));
                if (!isLogged) {
                    log.warn("Route {} failed for sample {} of {}: {}", consumer.getRouteId(),
                            Long.toUnsignedString(frame.sequenceNumber()), frame.session(), Failures.describe(failure));
                }
                show(SampleOutcome.FAILED, List.of());
            } finally {
                frame.fail(failure);
            }
        }

        /** Before the answer, after which the sender may overwrite the picture. */
        private void show(SampleOutcome outcome, List<Inference> found) {
            String graph = frame.session().graph().getGraphInstanceName();
            if (observers.areInterestedIn(graph, log)) {
                observers.tell(graph, () -> answered(outcome, found), log);
            }
        }

        private AnsweredFrame answered(SampleOutcome outcome, List<Inference> found) {
            SessionDescription session = frame.session();
            return new AnsweredFrame(
                    AnsweredFrame.Direction.RECEIVED, consumer.getEndpoint().getServiceUrl(), session.remoteAddress(), session.graph(),
                    session.format(), frame.dataTransfer().label(), frame.sequenceNumber(), frame.timestamp(), session.timescale(),
                    content, frame.inferences(), outcome.label(), found, Duration.ofNanos(frame.ageNanos(System.nanoTime())));
        }

        private void report(Throwable cause) {
            String number = Long.toUnsignedString(frame.sequenceNumber());
            // a node can cause this with every frame, and Camel's default handler would log a stack trace each time
            if (exchange == null || cause instanceof FrameException && isDefault()) {
                log.warn("Sample {} of {} cannot be used: {}", number, frame.session(),
                        cause instanceof FrameException ? cause.getMessage() : Failures.describe(cause));
            } else {
                exchange.setIn(new FrameMessage(exchange.getContext(), frame, null));
                consumer.getExceptionHandler().handleException(
                        "Sample " + number + " of " + frame.session() + " cannot be used", exchange, cause);
            }
        }

        private boolean isDefault() {
            return consumer.getExceptionHandler() instanceof LoggingExceptionHandler;
        }

        private void release() {
            try {
                // completes it as well, if that is still to be done
                frame.abandon(NOT_COMPLETED);
            } finally {
                pending.decrementAndGet();
                if (exchange != null && reusable) {
                    consumer.releaseExchange(exchange, false);
                }
            }
        }
    }
}
