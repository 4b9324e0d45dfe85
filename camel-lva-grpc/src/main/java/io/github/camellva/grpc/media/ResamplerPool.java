package io.github.camellva.grpc.media;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/** Resamplers that wait for the next picture of their shape. */
final class ResamplerPool {

    /** More than the shapes of the cameras on one machine; three for a picture of YUV. */
    static final int MOST_IDLE = 32;

    @GuardedBy("this")
    private final Deque<Resampler> idle = new ArrayDeque<>();

    /** Those that one picture needs, from and to the pool. */
    final class Loan implements AutoCloseable {

        private final List<Resampler> taken = new ArrayList<>();

        /** @param picture to be resampled */
        Resampler resample(ByteRows picture, Resampler.Shape shape) {
            Resampler resampler = take(shape);
            taken.add(resampler);
            return resampler.resample(picture);
        }

        @Override
        public void close() {
            taken.forEach(ResamplerPool.this::giveBack);
        }
    }

    Loan lend() {
        return new Loan();
    }

    synchronized int countIdle() {
        return idle.size();
    }

    private Resampler take(Resampler.Shape shape) {
        Resampler waiting = poll(shape);
        return waiting == null ? new Resampler(shape) : waiting;
    }

    private synchronized Resampler poll(Resampler.Shape shape) {
        for (Iterator<Resampler> all = idle.iterator(); all.hasNext();) {
            Resampler resampler = all.next();
            if (resampler.shape().equals(shape)) {
                all.remove();
                return resampler;
            }
        }
        return null;
    }

    /** What was not used for longest makes room. */
    private synchronized void giveBack(Resampler resampler) {
        resampler.forget();
        if (idle.size() == MOST_IDLE) {
            idle.removeLast();
        }
        idle.addFirst(resampler);
    }
}
