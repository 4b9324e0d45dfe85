package io.github.camellva.grpc.stream;

/** Where the frames of all sessions go. */
@FunctionalInterface
public interface FrameHandler {

    /**
     * Takes a frame over. Called on a thread of the extension's executor, for several frames at once. From here on the handler
     * owns the frame: it completes it once, by {@link Frame#answer} or {@link Frame#fail}, and releases it when nobody reads it any
     * more, both from any thread. A frame whose handler throws before it has completed it has failed.
     */
    void onFrame(Frame frame);
}
