package io.github.camellva.grpc;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import io.github.camellva.grpc.stream.Descriptions;
import io.github.camellva.grpc.stream.NoRoomException;
import io.github.camellva.grpc.stream.SampleOutcome;
import io.github.camellva.grpc.stream.UnansweredException;
import io.github.camellva.grpc.thread.FrameExecutor;
import io.github.camellva.grpc.thread.Time;
import io.github.camellva.grpc.transform.EmptyBody;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Where exchanges get the answers to their frames, or learn that there is none. */
final class FrameAnswers {

    private static final String NOT_SENT = "sampledOut";
    /** Made while there was some. */
    private static final LvaGrpcException NO_MEMORY = new LvaGrpcException(
            "there was no memory for the answer, nor to say what was wrong", null);

    private final String address;
    private final OutgoingFrames frames;
    private final InferenceCheck check;
    private final RecentFrames recent;
    private final SentFrameView view;
    private final boolean failUnprocessed;
    private final FrameExecutor executor;
    private final Time time;
    private final Duration patience;
    private final Set<Sent> underWay = ConcurrentHashMap.newKeySet();

    /**
     * @param address         host and port of the extension
     * @param failUnprocessed whether an exchange fails whose frame the extension did not process
     * @param executor        runs the rest of routes
     * @param patience        after which the answer to a frame must have been lost on its way through this process
     */
    FrameAnswers(
                 String address, OutgoingFrames frames, InferenceCheck check, RecentFrames recent, SentFrameView view,
                 boolean failUnprocessed, FrameExecutor executor, Time time, Duration patience) {
        this.address = address;
        this.frames = frames;
        this.check = check;
        this.recent = recent;
        this.view = view;
        this.failUnprocessed = failUnprocessed;
        this.executor = executor;
        this.time = time;
        this.patience = patience;
    }

    /** Not even an Error may leave an exchange undone. */
    boolean fail(Exchange exchange, Throwable failure, AsyncCallback callback) {
        setFailure(exchange, failure);
        callback.done(true);
        return true;
    }

    /** An exchange whose frame is not sent. */
    static boolean leaveOut(Exchange exchange, AsyncCallback callback) {
        Message message = exchange.getMessage();
        message.setBody(List.of());
        forgetPicture(message);
        message.setHeader(LvaGrpcConstants.SAMPLED_OUT, true);
        message.setHeader(LvaGrpcConstants.OUTCOME, NOT_SENT);
        callback.done(true);
        return true;
    }

    /** @return whether the exchange is done already */
    boolean await(
            CompletableFuture<MediaStreamMessage> answer, Exchange exchange, OutgoingFrame frame, AsyncCallback callback) {
        Sent sent = null;
        try {
            sent = new Sent(exchange, frame, callback);
            if (!answer.isDone()) {
                underWay.add(sent);
                answer.whenComplete(sent);
                return false;
            }
            answer.whenComplete(sent::take);
        } catch (Throwable e) {
            return sent == null || sent.end() ? fail(exchange, e, callback) : false;
        }
        callback.done(true);
        return true;
    }

    /**
     * Fails exchanges whose answers were lost: without memory, what hands them on or watches over their time can fail anywhere. To be
     * called now and then.
     */
    void endLost() {
        long now = time.nanoTime();
        for (Sent sent : underWay) {
            if (now - sent.sinceNanos > patience.toNanos()) {
                sent.accept(null, new UnansweredException(
                        "nothing was heard of the frame within " + patience.toMillis() + " ms", Status.DEADLINE_EXCEEDED));
            }
        }
    }

    /** When nothing more will be heard of any frame. */
    void endAll() {
        underWay.forEach(sent -> sent.accept(null, new UnansweredException("the producer has stopped", Status.CANCELLED)));
    }

    private void setFailure(Exchange exchange, Throwable failure) {
        try {
            exchange.setException(failure instanceof Exception && !(failure instanceof InterruptedException)
                    ? describe(exchange, failure)
                    : failure);
        } catch (Throwable e) {
            exchange.setException(NO_MEMORY);
        }
    }

    private void answer(Exchange exchange, OutgoingFrame frame, MediaStreamMessage reply) {
        boolean processed = reply.hasMediaSample();
        List<Inference> found = reply.getMediaSample().getInferencesList();
        check.check(() -> "lvagrpc:" + address + ", graph '" + frames.graphInstanceName(exchange.getMessage()) + "'", found);
        // null: a frame that was not processed is not one in which nothing was found
        Message message = processed ? exchange.getMessage() : EmptyBody.of(exchange.getMessage());
        if (processed) {
            message.setBody(frame.toOriginal(found));
        }
        forgetPicture(message);
        message.setHeader(LvaGrpcConstants.OUTCOME, (processed ? SampleOutcome.ANSWERED : SampleOutcome.NOT_PROCESSED).label());
        message.setHeader(LvaGrpcConstants.SEQUENCE_NUMBER, reply.getAckSequenceNumber());
        // the frame's own: some extensions answer with none
        message.setHeader(LvaGrpcConstants.TIMESTAMP, frame.timestamp());
        message.setHeader(LvaGrpcConstants.TIMESCALE, frame.descriptor().getMediaDescriptor().getTimescale());
        if (!processed && failUnprocessed) {
            exchange.setException(describe(exchange, new UnansweredException(
                    "sample " + reply.getAckSequenceNumber() + " was not processed: the extension acknowledged it alone, so it failed or"
                                                                             + " was skipped there; its log says which",
                    Status.ABORTED)));
        }
    }

    /** What described the picture that was the body. */
    private static void forgetPicture(Message message) {
        if (message.hasHeaders()) {
            message.removeHeader(Exchange.CONTENT_TYPE);
            // from another producer before this one
            message.removeHeader(LvaGrpcConstants.SAMPLED_OUT);
        }
    }

    /** A frame that there was no room for says nothing of the extension. */
    private SampleOutcome noteEnd(@Nullable MediaStreamMessage reply, @Nullable Throwable failure) {
        SampleOutcome outcome = failure != null ? SampleOutcome.FAILED
                : reply.hasMediaSample() ? SampleOutcome.ANSWERED : SampleOutcome.NOT_PROCESSED;
        if (!(failure instanceof NoRoomException)) {
            recent.ended(outcome, failure == null ? null : failure.getMessage());
        }
        return outcome;
    }

    private LvaGrpcException describe(Exchange exchange, Throwable cause) {
        String graph = frames.graphInstanceName(exchange.getMessage());
        String where = "lvagrpc:" + address + (graph.isEmpty() ? "" : ", graph '" + graph + "'");
        return new LvaGrpcException(
                Descriptions.isRefusedConnection(cause)
                        ? "connection refused: nothing listens at " + where + " (" + Status.Code.UNAVAILABLE + ")"
                        : where + ": " + cause.getMessage(),
                cause);
    }

    /** An exchange whose frame is under way. It ends once, whatever comes twice or late. */
    private final class Sent implements BiConsumer<MediaStreamMessage, Throwable>, Runnable {

        private final Exchange exchange;
        private final OutgoingFrame frame;
        private final AsyncCallback callback;
        private final long sinceNanos = time.nanoTime();
        private @Nullable MediaStreamMessage reply;
        private @Nullable Throwable failure;
        private boolean known;
        private boolean over;

        Sent(Exchange exchange, OutgoingFrame frame, AsyncCallback callback) {
            this.exchange = exchange;
            this.frame = frame;
            this.callback = callback;
        }

        /** On gRPC's thread or a timer's. When the threads of the route have stopped there are no others left. */
        @Override
        public void accept(@Nullable MediaStreamMessage received, @Nullable Throwable cause) {
            if (!isFirst(received, cause)) {
                return;
            }
            underWay.remove(this);
            try {
                executor.execute(this);
            } catch (Throwable e) {
                // also for want of memory, when it may run all the same
                run();
            }
        }

        @Override
        public void run() {
            if (!end()) {
                return;
            }
            try {
                take(reply, failure);
            } finally {
                callback.done(false);
            }
        }

        void take(@Nullable MediaStreamMessage received, @Nullable Throwable cause) {
            try {
                view.show(frame, noteEnd(received, cause), received, sinceNanos);
                if (cause == null) {
                    answer(exchange, frame, received);
                } else {
                    setFailure(exchange, cause);
                }
            } catch (Throwable e) {
                // never shown as answered
                setFailure(exchange, e);
            }
        }

        private synchronized boolean isFirst(@Nullable MediaStreamMessage received, @Nullable Throwable cause) {
            if (known) {
                return false;
            }
            known = true;
            reply = received;
            failure = cause;
            return true;
        }

        private synchronized boolean end() {
            boolean ends = !over;
            over = true;
            return ends;
        }
    }
}
