package io.github.camellva.grpc.stream;

import java.util.List;

import io.github.camellva.proto.Inference;

/** Where the frames of all sessions go. */
@FunctionalInterface
public interface FrameHandler {

    /**
     * Takes a frame over. Called on a thread of the extension's executor, for several frames at once. Must not throw.
     *
     * @param frame      to be released when nobody reads it any more
     * @param completion to be called once, from any thread, when the frame has been processed
     */
    void onFrame(Frame frame, Completion completion);

    /** Takes the outcome of one frame; a second call is an error. */
    interface Completion {

        /** The frame has been processed; an empty list when nothing was found. */
        void answer(List<Inference> inferences);

        /** The frame could not be processed. */
        void fail(Throwable cause);
    }
}
