package io.github.camellva.grpc.media;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SlotAllocatorTest {

    @Test
    void slotsFillTheBufferToTheLastByte() {
        SlotAllocator slots = new SlotAllocator(30);
        assertThat(slots.allocate(10)).hasValue(0);
        assertThat(slots.allocate(10)).hasValue(10);
        assertThat(slots.allocate(10)).hasValue(20);
        assertThat(slots.allocate(1)).isEmpty();
    }

    @Test
    void aFreedSlotIsHandedOutAgain() {
        SlotAllocator slots = new SlotAllocator(20);
        slots.allocate(10);
        slots.allocate(10);
        slots.free(0);
        assertThat(slots.allocate(10)).hasValue(0);
    }

    @Test
    void neighboursJoinInWhateverOrderTheyAreFreed() {
        SlotAllocator slots = new SlotAllocator(30);
        slots.allocate(10);
        slots.allocate(10);
        slots.allocate(10);
        slots.free(0);
        slots.free(20);
        slots.free(10);
        assertThat(slots.allocate(30)).hasValue(0);
    }

    @Test
    void freeingTwiceIsAnError() {
        SlotAllocator slots = new SlotAllocator(30);
        slots.allocate(10);
        slots.free(0);
        assertThatIllegalStateException().isThrownBy(() -> slots.free(0)).withMessageContaining("offset 0");
    }

    @Test
    void noTwoSlotsOverlapAndNoneIsLostHoweverTheyComeAndGo() {
        int capacity = 10_000;
        SlotAllocator slots = new SlotAllocator(capacity);
        Random random = new Random(7);
        boolean[] used = new boolean[capacity];
        List<long[]> held = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (held.isEmpty() || random.nextInt(5) > 1) {
                int length = 1 + random.nextInt(700);
                OptionalLong offset = slots.allocate(length);
                if (offset.isPresent()) {
                    mark(used, (int) offset.getAsLong(), length, true);
                    held.add(new long[] { offset.getAsLong(), length });
                }
            } else {
                long[] slot = held.remove(random.nextInt(held.size()));
                mark(used, (int) slot[0], (int) slot[1], false);
                slots.free(slot[0]);
            }
        }
        held.forEach(slot -> slots.free(slot[0]));
        assertThat(slots.freeBytes()).isEqualTo(capacity);
        assertThat(slots.allocate(capacity)).as("all of it in one piece").hasValue(0);
    }

    private static void mark(boolean[] used, int offset, int length, boolean now) {
        for (int i = offset; i < offset + length; i++) {
            assertThat(used[i]).as("byte %d", i).isEqualTo(!now);
            used[i] = now;
        }
    }
}
