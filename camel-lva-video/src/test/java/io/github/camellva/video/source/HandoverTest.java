package io.github.camellva.video.source;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class HandoverTest {

    private final Handover handover = new Handover(2);

    @Test
    void aFresherFrameTakesThePlaceOfOneThatWaits() throws Exception {
        assertThat(handover.replace(frame(1))).isFalse();
        assertThat(handover.replace(frame(2))).isTrue();
        assertThat(handover.take().takenMicros()).isEqualTo(2);
    }

    @Test
    void noMoreAreTakenThanTheRouteMayHave() throws Exception {
        for (int i = 1; i <= 2; i++) {
            handover.replace(frame(i));
            handover.take();
        }
        handover.replace(frame(3));
        CompletableFuture<Frame> third = CompletableFuture.supplyAsync(this::take);
        assertThat(third).isNotDone();
        assertThat(handover.pending()).isEqualTo(3);
        handover.done();
        assertThat(third.get(10, TimeUnit.SECONDS).takenMicros()).isEqualTo(3);
    }

    @Test
    void whoWaitsForRoomIsLetGoWhenItIsClosed() throws Exception {
        handover.put(frame(1));
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
            try {
                handover.put(frame(2));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(second).isNotDone();
        handover.close();
        second.get(10, TimeUnit.SECONDS);
        assertThat(handover.take()).isNull();
    }

    @Test
    void itIsIdleWhenEveryFrameIsDone() throws Exception {
        handover.put(frame(1));
        handover.take();
        CompletableFuture<Void> idle = CompletableFuture.runAsync(() -> {
            try {
                handover.awaitIdle();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(idle).isNotDone();
        handover.done();
        await().until(idle::isDone);
    }

    private Frame take() {
        try {
            return handover.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Frame frame(long taken) {
        return new Frame(Picture.of(new byte[12], PictureFormat.BGR24, 2, 2), taken);
    }
}
