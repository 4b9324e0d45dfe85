package io.github.camellva.grpc.stream;

import java.util.ArrayList;
import java.util.List;

import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;

/** Keeps what a session says, in place of a gRPC call. */
class FakeLine implements ExtensionSession.Line {

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

    /** The numbers acknowledged by samples, in the order they were sent. */
    List<Long> acks() {
        return sent.stream().filter(MediaStreamMessage::hasMediaSample).map(MediaStreamMessage::getAckSequenceNumber).toList();
    }
}
