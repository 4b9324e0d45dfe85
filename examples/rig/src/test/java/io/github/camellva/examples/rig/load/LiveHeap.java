package io.github.camellva.examples.rig.load;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;

/**
 * What is reachable in the heap, so to speak. Only a collection of the whole heap tells it: those of young objects leave what died
 * old, which looks like a leak for as long as there is room. Confined to one thread.
 */
public final class LiveHeap {

    private static final String INTERVAL = "live.heap.interval.millis";

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final long intervalNanos;
    private long measuredNanos;
    private long bytes;

    /** @param interval from one collection to the next; in between the figure stays the same */
    LiveHeap(Duration interval) {
        intervalNanos = interval.toNanos();
    }

    /** For the JVM of a process that shall measure it. */
    public static String jvmOption(Duration interval) {
        return "-D" + INTERVAL + "=" + interval.toMillis();
    }

    /** Null when this JVM was not told to: collections would disturb what others look at. */
    static LiveHeap ofThisJvm() {
        Long millis = Long.getLong(INTERVAL);
        return millis == null ? null : new LiveHeap(Duration.ofMillis(millis));
    }

    long bytes() {
        long now = System.nanoTime();
        if (bytes == 0 || now - measuredNanos >= intervalNanos) {
            memory.gc();
            bytes = memory.getHeapMemoryUsage().getUsed();
            measuredNanos = now;
        }
        return bytes;
    }
}
