package io.github.camellva.grpc.peers;

import io.github.camellva.proto.MediaStreamMessage;

/** When the replies of a stream come. Its methods are called one at a time. */
interface Answering {

    /** A sample has been looked at; this is the reply to it, not yet numbered. */
    void answer(MediaStreamMessage.Builder reply);

    /** The node sends no more. */
    void endOfRequests();

    /** Every reply at once. */
    static Answering atOnce(Replies replies) {
        return new Answering() {
            @Override
            public void answer(MediaStreamMessage.Builder reply) {
                replies.sample(reply);
            }

            @Override
            public void endOfRequests() {
                replies.end();
            }
        };
    }
}
