package io.github.camellva.grpc.stream;

import java.util.List;

import io.github.camellva.grpc.media.FrameException;
import io.github.camellva.grpc.media.SharedMemory;
import io.github.camellva.grpc.thread.FrameExecutor;
import io.github.camellva.grpc.thread.Time;
import io.github.camellva.proto.Inference;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import org.jspecify.annotations.Nullable;

/**
 * A session's samples on their way into the route and back as answers, and the messages that are asked for meanwhile. Confined to the
 * session, but for what frames call.
 */
final class SampleFlow {

    /** The session, which decides when it ends. */
    interface Owner {

        /** A frame has failed, and that is to end the session. */
        void onFailure(Status status);

        /** Answers have been sent. */
        void onFlushed();
    }

    private static final Throwable LOST = new IllegalStateException("there was no memory to say what became of the frame");

    private final SessionSettings settings;
    private final SessionEnvironment environment;
    private final FrameExecutor executor;
    private final Time time;
    private final ExtensionCall call;
    private final SynchronizationContext events;
    private final Owner owner;

    private final Admission admission;
    private final Credit credit;
    private final Answers answers;
    private final Flush flush;

    /** The three are null until the handshake is done. */
    private @Nullable SessionDescription description;
    private @Nullable SessionCounts counts;
    private @Nullable SharedMemory memory;
    /** Whether more samples are welcome. */
    private boolean taking;
    private volatile boolean closed;

    SampleFlow(
               SessionSettings settings, SessionEnvironment environment, ExtensionCall call, SynchronizationContext events,
               Owner owner) {
        this.settings = settings;
        this.environment = environment;
        this.executor = environment.executor();
        this.time = environment.time();
        this.call = call;
        this.events = events;
        this.owner = owner;
        this.admission = new Admission(settings.overflow(), settings.maxInFlight());
        this.credit = new Credit(settings.overflow(), settings.maxInFlight());
        this.answers = new Answers(settings.answerOrder());
        this.flush = new Flush(executor, events, environment.secondTries(), this::flush);
    }

    void requestDescriptor() {
        request(1);
    }

    /** Answers the descriptor; samples may follow. */
    void open(Handshake handshake, SessionCounts sessionCounts, long acknowledged) {
        description = handshake.session();
        counts = sessionCounts;
        memory = handshake.memory();
        taking = true;
        call.send(answers.toDescriptor(acknowledged, settings.extensionIdentifier(), description.timescale()));
    }

    /** No more samples are asked for. */
    void takeNoMore() {
        taking = false;
    }

    void suspend() {
        admission.suspend();
    }

    void resume() {
        admission.resume();
        dispatch();
        replenish();
    }

    boolean isSuspended() {
        return admission.isSuspended();
    }

    /** Frames that are in the route. Safe on any thread. */
    int inRoute() {
        return admission.inRoute();
    }

    /** Whether a sample has no answer yet. */
    boolean isAnyOwed() {
        return answers.isAnyOwed();
    }

    /** Acknowledges those that wait for the route. */
    void skipWaiting() {
        for (Frame frame = admission.poll(); frame != null; frame = admission.poll()) {
            skip(frame);
        }
    }

    /** Acknowledges what is in the route too, unless it may still read the node's memory. */
    void acknowledgeUnlessRead() {
        if (memory == null) {
            answers.acknowledgeAll();
        }
    }

    void sendReady() {
        answers.sendReady(call);
    }

    /** Nothing is sent from here on; frames in the route keep what they hold until they are released. */
    void close() {
        taking = false;
        closed = true;
    }

    /** Leaves out those that wait for the route; nobody would read their answers. */
    void leaveOutWaiting() {
        for (Frame frame = admission.poll(); frame != null; frame = admission.poll()) {
            leaveOut(frame);
        }
    }

    /** Gives everything back. */
    void end() {
        answers.clear();
        if (memory != null) {
            memory.release();
        }
        if (counts != null) {
            counts.sessionEnded();
        }
    }

    // from frames, on any thread

    FrameHandler handler() {
        return environment.handler();
    }

    boolean isClosed() {
        return closed;
    }

    void onBegun(Frame frame) {
        events.execute(() -> {
            endAhead(frame);
            replenishUnlessUnderWay();
        });
    }

    void onAnswered(Frame frame, List<Inference> found) {
        events.execute(() -> {
            if (frame.leaveRoute()) {
                counts.answered(frame.ageNanos(time.nanoTime()));
                leaveRoute(frame, Reply.found(found));
            }
        });
    }

    void onFailed(Frame frame, Throwable cause) {
        events.execute(() -> failed(frame, cause, settings.onFailure()));
    }

    void onFailureHandled(Frame frame, Throwable cause) {
        events.execute(() -> failed(frame, cause, OnFailure.ACK));
    }

    void onDropped(Frame frame) {
        events.execute(() -> {
            if (frame.leaveRoute()) {
                counts.acknowledgedAlone(frame.ageNanos(time.nanoTime()));
                leaveRoute(frame, Reply.NOT_PROCESSED);
            }
        });
    }

    /** What became of it could not be told before. */
    void onLost(Frame frame) {
        onFailed(frame, LOST);
    }

    void tryAgain(SecondTries.SecondTry failed) {
        environment.secondTries().add(failed);
    }

    // what comes in

    void messageCame() {
        credit.messageCame();
    }

    void receive(MediaStreamMessage message) {
        admission.add(expected(message));
        dispatch();
        for (Frame frame = admission.overtaken(); frame != null; frame = admission.overtaken()) {
            skip(frame);
        }
        answers.sendReady(call);
        replenish();
    }

    /** Asked for before the session began to end: too late for the route, but owed its acknowledgement all the same. */
    void receiveLate(MediaStreamMessage message) {
        if (message.hasMediaSample()) {
            skip(expected(message));
            answers.sendReady(call);
        }
    }

    private Frame expected(MediaStreamMessage message) {
        Frame frame = new Frame(
                this, description, message.getSequenceNumber(), message.getMediaSample(), memory, time.nanoTime());
        credit.frameCame(frame.embeddedBytes());
        counts.sampleBegan(frame.contentBytes());
        answers.expect(frame);
        return frame;
    }

    // the route

    private void dispatch() {
        for (Frame frame = admission.next(); frame != null; frame = admission.next()) {
            frame.enterRoute();
            try {
                executor.execute(frame);
            } catch (Throwable e) {
                frame.abandon(e);
            }
        }
    }

    private void leaveRoute(Frame frame, Reply reply) {
        admission.left();
        endAhead(frame);
        if (closed) {
            return;
        }
        answers.reply(frame, reply);
        dispatch();
        flush.soon();
    }

    private void skip(Frame frame) {
        leaveOut(frame);
        answers.reply(frame, Reply.NOT_PROCESSED);
    }

    private void leaveOut(Frame frame) {
        frame.skip();
        endAhead(frame);
        counts.acknowledgedAlone(frame.ageNanos(time.nanoTime()));
    }

    private void endAhead(Frame frame) {
        if (frame.endAhead()) {
            credit.frameBegun();
        }
    }

    private void failed(Frame frame, Throwable cause, OnFailure onFailure) {
        if (frame.leaveRoute()) {
            counts.failed(frame.ageNanos(time.nanoTime()), Failures.describe(cause));
            if (onFailure == OnFailure.CLOSE) {
                owner.onFailure(failure(frame, cause));
            }
            leaveRoute(frame, Reply.NOT_PROCESSED);
        }
    }

    private Status failure(Frame frame, Throwable cause) {
        String known = cause instanceof FrameException ? cause.getMessage() : settings.failureText().of(cause);
        return Status.INTERNAL.withDescription("sample " + Long.toUnsignedString(frame.sequenceNumber()) + " failed: " + known);
    }

    // what goes out

    private void flush() {
        if (!closed) {
            answers.sendReady(call);
            replenishUnlessUnderWay();
            owner.onFlushed();
        }
    }

    /** Asks for as many messages as there is room for. Not while earlier answers have not left: they would pile up. */
    void replenish() {
        if (!taking || admission.isSuspended() || !call.isReady()) {
            return;
        }
        int messages = credit.left(answers.unsettled());
        if (messages > 0) {
            request(messages);
        }
    }

    /** The next message that comes does so otherwise, on gRPC's thread, which any other would have to wake. */
    private void replenishUnlessUnderWay() {
        if (!credit.isAnyUnderWay()) {
            replenish();
        }
    }

    private void request(int messages) {
        credit.requested(messages);
        call.request(messages);
    }
}
