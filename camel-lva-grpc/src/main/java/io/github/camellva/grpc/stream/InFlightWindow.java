package io.github.camellva.grpc.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import io.github.camellva.proto.Inference;

/** The samples of a session that have not been answered, in the order they came. Guarded by the session's lock. */
final class InFlightWindow {

    private final AnswerOrder order;
    /** Is given each answered sample when its answer may be sent. */
    private final Consumer<PendingSample> sender;
    private final Deque<PendingSample> unanswered = new ArrayDeque<>();

    InFlightWindow(AnswerOrder order, Consumer<PendingSample> sender) {
        this.order = order;
        this.sender = sender;
    }

    void add(PendingSample sample) {
        unanswered.add(sample);
    }

    int size() {
        return unanswered.size();
    }

    boolean isEmpty() {
        return unanswered.isEmpty();
    }

    /** Sends what may be sent now that this sample has its answer: with answers in request order that can be none or many. */
    void answer(PendingSample sample, List<Inference> inferences) {
        sample.setAnswer(inferences);
        if (order == AnswerOrder.COMPLETION) {
            if (unanswered.remove(sample)) {
                sender.accept(sample);
            }
            return;
        }
        while (!unanswered.isEmpty() && unanswered.peek().isAnswered()) {
            sender.accept(unanswered.poll());
        }
    }

    /** Answers, without inferences, all that have no answer yet. */
    void answerAll() {
        for (PendingSample sample : List.copyOf(unanswered)) {
            answer(sample, List.of());
        }
    }

    void clear() {
        unanswered.clear();
    }
}
