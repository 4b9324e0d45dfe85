package io.github.camellva.examples.rig.load;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LiveHeapTest {

    private static final int BALLAST = 32 << 20;

    private byte[] ballast = new byte[BALLAST];

    @Test
    void whatDiedOldDoesNotCount() {
        LiveHeap heap = new LiveHeap(Duration.ZERO);
        long before = heap.bytes();
        ballast = null;
        assertThat(heap.bytes()).isLessThan(before - BALLAST / 2);
    }

    @Test
    void theHeapIsNotCollectedAllTheTime() {
        LiveHeap heap = new LiveHeap(Duration.ofHours(1));
        long before = heap.bytes();
        ballast = null;
        assertThat(heap.bytes()).isEqualTo(before);
    }
}
