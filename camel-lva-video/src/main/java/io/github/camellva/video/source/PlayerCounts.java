package io.github.camellva.video.source;

import java.util.concurrent.atomic.LongAdder;

/** What became of the frames of a source since it was created. Anybody reads it. */
public final class PlayerCounts {

    private final LongAdder decoded = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder completed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder decodingErrors = new LongAdder();
    private final LongAdder losses = new LongAdder();

    void decoded() {
        decoded.increment();
    }

    void skipped() {
        skipped.increment();
    }

    void decodingErrors(long more) {
        decodingErrors.add(more);
    }

    void lost() {
        losses.increment();
    }

    /** A frame that the route has taken. */
    public void taken(long pictureBytes) {
        bytes.add(pictureBytes);
    }

    /** The route is done with a frame. */
    public void done(boolean hasFailed) {
        (hasFailed ? failed : completed).increment();
    }

    /** Frames that came out of the source, of which not all go to the route. */
    public long getDecoded() {
        return decoded.sum();
    }

    /** Frames that gave way to fresher ones, since the route was busy. */
    public long getSkipped() {
        return skipped.sum();
    }

    public long getCompleted() {
        return completed.sum();
    }

    public long getFailed() {
        return failed.sum();
    }

    public long getBytes() {
        return bytes.sum();
    }

    /** How many times data of the source could not be decoded. */
    public long getDecodingErrors() {
        return decodingErrors.sum();
    }

    /** How many times the source was lost after it had played. */
    public long getLosses() {
        return losses.sum();
    }
}
