package io.github.camellva.grpc.stream;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;

/** Keeps what a session says, in place of a gRPC call. */
class FakeExtensionCall implements ExtensionCall {

    final List<MediaStreamMessage> sent = new ArrayList<>();
    int requested;
    boolean ready = true;
    Status closed;
    /** Called whenever messages are asked for. */
    Runnable onRequest = () -> { };

    @Override
    public void send(MediaStreamMessage message) {
        if (closed != null) {
            throw new IllegalStateException("sent after the call was closed");
        }
        sent.add(message);
    }

    @Override
    public void request(int messages) {
        if (messages < 1) {
            throw new IllegalArgumentException("gRPC takes no request for " + messages);
        }
        onRequest.run();
        requested += messages;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void close(Status status) {
        if (closed != null) {
            throw new IllegalStateException("closed twice");
        }
        closed = status;
    }

    /** The numbers of samples acknowledged, with a sample or alone, in the order they were sent. */
    List<Long> acks() {
        return replies().stream().map(MediaStreamMessage::getAckSequenceNumber).toList();
    }

    /** The numbers of samples acknowledged alone: they were not looked at. */
    List<Long> acksAlone() {
        return replies().stream().filter(reply -> !reply.hasMediaSample())
                .map(MediaStreamMessage::getAckSequenceNumber).toList();
    }

    private List<MediaStreamMessage> replies() {
        return sent.stream().filter(message -> !message.hasMediaStreamDescriptor()).toList();
    }
}
