package io.github.camellva.grpc.stream;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.proto.MediaStreamDescriptor;
import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps what a node's session says, in place of a gRPC call, and ends the session when it breaks off. */
public final class FakeNodeCall implements NodeCall {

    public final List<MediaStreamMessage> sent = new ArrayList<>();
    public boolean halfClosed;
    public boolean ready = true;
    /** Called before a message is sent. */
    public Runnable onSend = () -> { };
    /** Why the session broke the call off; null while it has not. */
    public String cancelled;
    private NodeSession session;

    /** Begins the session that speaks here. */
    public NodeSession start(NodeSession speaking) {
        session = speaking;
        session.start();
        return session;
    }

    /** The extension's answer to the descriptor. */
    public void answerDescriptor() {
        session.onMessage(MediaStreamMessage.newBuilder().setSequenceNumber(1).setAckSequenceNumber(1)
                .setMediaStreamDescriptor(MediaStreamDescriptor.getDefaultInstance()).build());
    }

    @Override
    public void send(MediaStreamMessage message) {
        assertThat(halfClosed).as("half-closed before").isFalse();
        onSend.run();
        sent.add(message);
    }

    @Override
    public void halfClose() {
        assertThat(halfClosed).as("half-closed before").isFalse();
        halfClosed = true;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void cancel(String why) {
        if (cancelled == null) {
            cancelled = why;
            session.onEnd(Status.CANCELLED.withDescription(why));
        }
    }
}
