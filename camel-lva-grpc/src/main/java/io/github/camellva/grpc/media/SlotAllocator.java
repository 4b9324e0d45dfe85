package io.github.camellva.grpc.media;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Hands out regions of a buffer so that no two overlap and none is lost: first fit, and free neighbours join. Not safe for use
 * by many threads.
 */
final class SlotAllocator {

    /** Free regions, offset to length; no two of them touch. */
    private final TreeMap<Long, Long> free = new TreeMap<>();
    /** Regions handed out, offset to length. */
    private final Map<Long, Long> taken = new TreeMap<>();

    SlotAllocator(long capacityBytes) {
        free.put(0L, capacityBytes);
    }

    /**
     * Hands out a region.
     *
     * @param  length bytes, 1 or more
     * @return        the offset of the region, or empty when no free region is long enough
     */
    OptionalLong allocate(long length) {
        for (Map.Entry<Long, Long> region : free.entrySet()) {
            if (region.getValue() >= length) {
                return OptionalLong.of(take(region.getKey(), region.getValue(), length));
            }
        }
        return OptionalLong.empty();
    }

    /** Takes back the region at an offset that {@link #allocate} returned. */
    void free(long offset) {
        Long length = taken.remove(offset);
        if (length == null) {
            throw new IllegalStateException("no region was handed out at offset " + offset);
        }
        long start = offset;
        long end = offset + length;
        Map.Entry<Long, Long> before = free.lowerEntry(offset);
        if (before != null && before.getKey() + before.getValue() == offset) {
            start = before.getKey();
        }
        Long after = free.remove(end);
        if (after != null) {
            end += after;
        }
        free.put(start, end - start);
    }

    /** Bytes that are not handed out. */
    long freeBytes() {
        return free.values().stream().mapToLong(Long::longValue).sum();
    }

    private long take(long offset, long available, long length) {
        free.remove(offset);
        if (available > length) {
            free.put(offset + length, available - length);
        }
        taken.put(offset, length);
        return offset;
    }
}
