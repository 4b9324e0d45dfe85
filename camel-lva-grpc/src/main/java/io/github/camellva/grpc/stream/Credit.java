package io.github.camellva.grpc.stream;

/** Messages that a session has asked gRPC for, and how many more it may ask for. Confined to the session. */
final class Credit {

    /**
     * Maximum bytes of embedded frames read ahead of the route, unless a single one has more. Reading further ahead costs memory and
     * gains nothing: by the time the route comes to such a frame, no cache holds it any more.
     */
    private static final int READ_AHEAD_BYTES = 4 << 20;
    /**
     * Maximum unanswered samples when frames are skipped. In request order, a route that never ends would otherwise pile up
     * acknowledgements of skipped frames for ever.
     */
    static final int MAX_UNANSWERED = 1024;

    private final Overflow overflow;
    private final int maxInFlight;
    /** Messages asked for that have not come. */
    private int underWay;
    /** Frames with embedded content that the route has not begun. */
    private int ahead;
    /** Unknown until the first frame has come; assumed large until then. */
    private int lastEmbeddedBytes = READ_AHEAD_BYTES;

    Credit(Overflow overflow, int maxInFlight) {
        this.overflow = overflow;
        this.maxInFlight = maxInFlight;
    }

    void requested(int messages) {
        underWay += messages;
    }

    void messageCame() {
        underWay--;
    }

    /** @param embeddedBytes that came with it; 0 when none did */
    void frameCame(int embeddedBytes) {
        lastEmbeddedBytes = embeddedBytes;
        if (embeddedBytes > 0) {
            ahead++;
        }
    }

    /** A frame with embedded content is read ahead no longer. */
    void frameBegun() {
        ahead--;
    }

    boolean isAnyUnderWay() {
        return underWay > 0;
    }

    /**
     * Messages that may be asked for now; 0 or less when none may.
     *
     * @param unanswered samples whose acknowledgement has not been sent
     */
    int left(int unanswered) {
        return allowed(unanswered) - underWay;
    }

    private int allowed(int unanswered) {
        if (overflow == Overflow.SKIP) {
            return unanswered < MAX_UNANSWERED ? 1 : 0;
        }
        int readAhead = Math.max(1, READ_AHEAD_BYTES / Math.max(1, lastEmbeddedBytes));
        return Math.min(maxInFlight - unanswered, readAhead - ahead);
    }
}
