package io.github.camellva.grpc;

/**
 * Sees frames with their answers, at the moment an answer is ready. {@link FrameObservers} has those of a context: beans in its
 * registry, and those that come while it runs. Frames of consumers and producers come on their own threads, for several at once.
 * What an observer throws is logged and harms no frame.
 */
@FunctionalInterface
public interface FrameObserver {

    /**
     * Looks at a frame. Its answer waits until this returns.
     *
     * @param frame its picture is valid during the call only: the sender may then use its memory again
     */
    void onAnswer(AnsweredFrame frame);

    /**
     * Whether to be given frames of a pipeline now. Asked for every frame, so it must neither wait nor allocate.
     *
     * @param graphInstanceName as the node calls its pipeline; may be empty
     */
    default boolean isInterested(String graphInstanceName) {
        return true;
    }
}
