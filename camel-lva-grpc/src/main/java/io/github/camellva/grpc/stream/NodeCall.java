package io.github.camellva.grpc.stream;

import io.github.camellva.proto.MediaStreamMessage;

/** The node's end of the call that a session speaks through. */
public interface NodeCall {

    /** Never called by two threads at once. */
    void send(MediaStreamMessage message);

    /** No more will be sent; answers may still come. Never called while another thread sends. */
    void halfClose();

    /** Whether what was sent has left; if not, {@link NodeSession#onReady()} is called when it has. Safe on any thread. */
    boolean isReady();

    /** Breaks the call off: {@link NodeSession#onEnd} follows. Safe on any thread. */
    void cancel(String why);
}
