package io.github.camellva.grpc.peers;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camellva.proto.MediaStreamMessage;

/** Intel's DL Streamer 0.7: a reply comes when it is ready, which need not be in the order of the requests. */
public final class Intel07Server extends IntelServer {

    private static final int LONGEST_WORK_MICROS = 500;

    private final ScheduledExecutorService pipeline = Executors.newScheduledThreadPool(2);

    public Intel07Server(Path sharedMemoryDirectory) {
        super(sharedMemoryDirectory);
    }

    @Override
    Answering answering(Replies replies) {
        return new WhenReady(replies);
    }

    @Override
    public void close() {
        super.close();
        pipeline.shutdownNow();
    }

    private final class WhenReady implements Answering {

        private final Replies replies;
        private final Random work = new Random(1);
        /** The requests themselves, until they end, and every frame that is worked on. */
        private final AtomicInteger unfinished = new AtomicInteger(1);

        WhenReady(Replies replies) {
            this.replies = replies;
        }

        @Override
        public void answer(MediaStreamMessage.Builder reply) {
            unfinished.incrementAndGet();
            pipeline.schedule(() -> {
                replies.sample(reply);
                finishOne();
            }, work.nextInt(LONGEST_WORK_MICROS), TimeUnit.MICROSECONDS);
        }

        @Override
        public void endOfRequests() {
            finishOne();
        }

        private void finishOne() {
            if (unfinished.decrementAndGet() == 0) {
                replies.end();
            }
        }
    }
}
