package io.github.camellva.examples.rig;

/** Counts frames while they are sent and answered. Safe for use by many threads. */
public final class Tally {

    private long sent;
    private long leftOut;
    private long answered;
    private long notProcessed;
    private long failed;

    public synchronized void sent() {
        sent++;
    }

    public synchronized void leftOut(long frames) {
        leftOut += frames;
    }

    public synchronized void count(FrameOutcome outcome) {
        switch (outcome) {
            case ANSWERED -> answered++;
            case NOT_PROCESSED -> notProcessed++;
            case FAILED -> failed++;
        }
    }

    public synchronized FrameCounts counts() {
        return new FrameCounts(sent, leftOut, answered, notProcessed, failed);
    }
}
