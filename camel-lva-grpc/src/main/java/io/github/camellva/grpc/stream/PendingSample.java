package io.github.camellva.grpc.stream;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camellva.proto.Inference;

/**
 * A sample that was received and must be answered exactly once. Its state is the session's and guarded by the session's lock;
 * only the completion is called from outside.
 */
final class PendingSample implements FrameHandler.Completion {

    private final ExtensionSession session;
    private final long sequenceNumber;
    private final long timestamp;
    private final long receivedNanos = System.nanoTime();
    private final AtomicBoolean completed = new AtomicBoolean();
    /** Null once it was taken: a sample that waits for its answer to be sent must not hold a picture. */
    private Frame frame;
    /** Null until there is an answer. */
    private List<Inference> answer;

    PendingSample(ExtensionSession session, Frame frame) {
        this.session = session;
        this.sequenceNumber = frame.sequenceNumber();
        this.timestamp = frame.timestamp();
        this.frame = frame;
    }

    long sequenceNumber() {
        return sequenceNumber;
    }

    long timestamp() {
        return timestamp;
    }

    /** Since it was received. */
    long ageNanos() {
        return System.nanoTime() - receivedNanos;
    }

    /** Hands the frame over, once, to who will release it. */
    Frame takeFrame() {
        Frame taken = frame;
        frame = null;
        return taken;
    }

    boolean isAnswered() {
        return answer != null;
    }

    /** The first answer counts: a session that had to end has answered for the route already. */
    void setAnswer(List<Inference> inferences) {
        if (answer == null) {
            answer = inferences;
        }
    }

    List<Inference> answer() {
        return answer;
    }

    @Override
    public void answer(List<Inference> inferences) {
        completeOnce();
        session.processed(this, List.copyOf(inferences));
    }

    @Override
    public void fail(Throwable cause) {
        completeOnce();
        session.failed(this, cause);
    }

    private void completeOnce() {
        if (!completed.compareAndSet(false, true)) {
            throw new IllegalStateException("sample " + Long.toUnsignedString(sequenceNumber) + " is complete already");
        }
    }
}
