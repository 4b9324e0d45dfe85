package io.github.camellva.grpc.stream;

/** The messages that a session has asked gRPC for, and how many more it may ask for. Guarded by the session's lock. */
final class Credit {

    /**
     * What embedded frames may have that wait for a thread of the route, if they are several. More would only need memory: those
     * that come too early are in no cache any more when the route gets to them.
     */
    private static final int READ_AHEAD_BYTES = 4 << 20;

    private final Overflow overflow;
    private final int maxInFlight;
    /** Messages that have not come. */
    private int underWay;
    /** Frames with embedded content that the route has not begun. */
    private int ahead;
    /** The first frame tells how large they are; until then they may be. */
    private int lastEmbeddedBytes = READ_AHEAD_BYTES;

    Credit(Overflow overflow, int maxInFlight) {
        this.overflow = overflow;
        this.maxInFlight = maxInFlight;
    }

    void askedFor(int messages) {
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

    /** One that bytes came with. */
    void frameBegun() {
        ahead--;
    }

    boolean isAnyUnderWay() {
        return underWay > 0;
    }

    /**
     * Messages that may be asked for now; 0 or less when none may.
     *
     * @param unanswered samples of the session
     */
    int left(int unanswered) {
        int readAhead = Math.max(1, READ_AHEAD_BYTES / Math.max(1, lastEmbeddedBytes));
        return overflow.credit(maxInFlight, unanswered, readAhead, ahead) - underWay;
    }
}
