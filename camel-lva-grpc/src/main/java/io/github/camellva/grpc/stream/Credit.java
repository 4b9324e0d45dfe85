package io.github.camellva.grpc.stream;

/** The messages that a session has asked gRPC for, and how many more it may ask for. Guarded by the session's lock. */
final class Credit {

    /**
     * What frames may have that the route has not read, if they are several. Those that come too early are in no cache any more
     * when the route gets to them, and nor are the buffers that the next come into.
     */
    private static final int READ_AHEAD_BYTES = 1 << 20;

    private final Overflow overflow;
    private final int maxInFlight;
    /** Messages that have not come. */
    private int underWay;
    /** Frames whose bytes still are in gRPC's buffers. */
    private int unread;
    /** The first frame tells how large they are; until then they may be. */
    private int lastUnreadBytes = READ_AHEAD_BYTES;

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

    /** @param unreadBytes that it has in gRPC's buffers; 0 when it has none */
    void frameCame(int unreadBytes) {
        lastUnreadBytes = unreadBytes;
        if (unreadBytes > 0) {
            unread++;
        }
    }

    /** One that had bytes in gRPC's buffers. */
    void frameRead() {
        unread--;
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
        int readAhead = Math.max(1, READ_AHEAD_BYTES / Math.max(1, lastUnreadBytes));
        return overflow.credit(maxInFlight, unanswered, readAhead, unread) - underWay;
    }
}
