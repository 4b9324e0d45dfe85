package io.github.camellva.grpc.stream;

import io.github.camellva.proto.MediaStreamMessage;
import io.grpc.Status;

/** The extension's end of the call that a session speaks through. Never called by two threads at once. */
public interface ExtensionCall {

    void send(MediaStreamMessage message);

    /** Asks for so many more messages. */
    void request(int messages);

    /** Whether what was sent has left, so that more may be sent without piling up. */
    boolean isReady();

    /** Ends the call. Nothing is called after it. */
    void close(Status status);
}
