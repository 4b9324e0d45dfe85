package io.github.camellva.grpc.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.github.camellva.proto.MediaDescriptor;
import io.github.camellva.proto.MediaSample;
import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;

/**
 * What an extension sends in a session, numbered 1, 2, 3, … as it is made: one reply to every sample, in the promised order.
 * Confined to the session.
 */
final class Answers {

    private final AnswerOrder order;
    /** In the order they came. */
    private final Deque<Frame> unanswered = new ArrayDeque<>();
    /** Replies that may be sent, and are sent together. */
    private final List<MediaStreamMessage> ready = new ArrayList<>();
    private long lastSent;

    Answers(AnswerOrder order) {
        this.order = order;
    }

    /** Who the extension is, and the timescale that both use. */
    MediaStreamMessage toDescriptor(long acknowledged, String extensionIdentifier, int timescale) {
        return next(acknowledged)
                .setMediaStreamDescriptor(MediaStreamDescriptor.newBuilder()
                        .setExtensionIdentifier(extensionIdentifier)
                        .setMediaDescriptor(MediaDescriptor.newBuilder().setTimescale(timescale)))
                .build();
    }

    /** A frame that is owed a reply. */
    void expect(Frame frame) {
        unanswered.add(frame);
    }

    /** Whether a frame waits for its reply to be decided. */
    boolean isAnyOwed() {
        return !unanswered.isEmpty();
    }

    /** Frames whose reply has not been sent. */
    int unsettled() {
        return unanswered.size() + ready.size();
    }

    /** Makes what may be sent now ready: in request order that can be no reply, or many. */
    void reply(Frame frame, Reply reply) {
        frame.reply(reply);
        if (order == AnswerOrder.COMPLETION) {
            if (unanswered.remove(frame)) {
                ready.add(message(frame));
            }
            return;
        }
        while (!unanswered.isEmpty() && unanswered.peek().reply() != null) {
            ready.add(message(unanswered.poll()));
        }
    }

    /** Acknowledges all frames that have no reply yet. */
    void acknowledgeAll() {
        for (Frame frame : List.copyOf(unanswered)) {
            reply(frame, Reply.NOT_PROCESSED);
        }
    }

    void sendReady(ExtensionCall call) {
        ready.forEach(call::send);
        ready.clear();
    }

    /** Nothing more will be sent. */
    void clear() {
        unanswered.clear();
        ready.clear();
    }

    private MediaStreamMessage message(Frame frame) {
        MediaStreamMessage.Builder message = next(frame.sequenceNumber());
        if (frame.reply().found() != null) {
            message.setMediaSample(MediaSample.newBuilder()
                    .setTimestamp(frame.timestamp())
                    .addAllInferences(frame.reply().found()));
        }
        return message.build();
    }

    private MediaStreamMessage.Builder next(long acknowledged) {
        return MediaStreamMessage.newBuilder().setSequenceNumber(++lastSent).setAckSequenceNumber(acknowledged);
    }
}
