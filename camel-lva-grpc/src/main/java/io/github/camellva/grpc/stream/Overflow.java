package io.github.camellva.grpc.stream;

/** What happens to a session's next frame while as many as are allowed are in the route. */
public enum Overflow {

    /** It is not read, so that gRPC's flow control holds the node. */
    BLOCK {
        @Override
        int credit(int maxInFlight, int unanswered, int readAhead, int ahead) {
            return Math.min(maxInFlight - unanswered, readAhead - ahead);
        }

        @Override
        boolean keepsOnlyFreshest() {
            return false;
        }
    },

    /** It waits in the place of the one that waited before, which is acknowledged without inferences. */
    SKIP {
        @Override
        int credit(int maxInFlight, int unanswered, int readAhead, int ahead) {
            return unanswered < MAX_UNANSWERED ? 1 : 0;
        }

        @Override
        boolean keepsOnlyFreshest() {
            return true;
        }
    };

    /**
     * Acknowledgements of skipped frames that may wait for an earlier frame still in the route. With answers in request order
     * a route that never ends would otherwise make them pile up for ever; past this the node is held.
     */
    static final int MAX_UNANSWERED = 1024;

    /**
     * How many messages may be under way from gRPC.
     *
     * @param unanswered samples of the session that were received and not yet answered
     * @param readAhead  how many samples may wait for a thread of the route, 1 or more
     * @param ahead      how many do
     */
    abstract int credit(int maxInFlight, int unanswered, int readAhead, int ahead);

    abstract boolean keepsOnlyFreshest();
}
