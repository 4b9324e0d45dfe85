package io.github.camellva.examples.rig.load;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;

/**
 * What is in use of the heap. Only a collection of all of it tells that: those of young objects leave what died old, which looks like
 * a leak for as long as there is room. Confined to one thread.
 */
public final class LiveHeap {

    private static final String INTERVAL = "live.heap.interval.millis";
    private static final Set<String> POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP).map(MemoryPoolMXBean::getName).collect(Collectors.toSet());

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

    /** Until the first collection all that the heap has, which is more. */
    long bytes() {
        long now = System.nanoTime();
        if (bytes == 0 || now - measuredNanos >= intervalNanos) {
            collect().ifPresent(left -> {
                bytes = left;
                measuredNanos = now;
            });
        }
        return bytes > 0 ? bytes : ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /**
     * As it was when the collection ended: what is in use when this thread goes on may be garbage again. Empty when the JVM did not
     * collect, since a thread was in native code that holds an array in its place.
     */
    private static OptionalLong collect() {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
        Map<GarbageCollectorMXBean, Long> before = collectors.stream()
                .collect(Collectors.toMap(Function.identity(), GarbageCollectorMXBean::getCollectionCount));
        ManagementFactory.getMemoryMXBean().gc();
        // young objects may have been collected meanwhile, too, which leaves more
        return collectors.stream().filter(collector -> collector.getCollectionCount() > before.get(collector))
                .mapToLong(collector -> left(collector.getLastGcInfo()))
                .min();
    }

    private static long left(GcInfo collection) {
        return collection.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> POOLS.contains(pool.getKey())).map(Map.Entry::getValue).mapToLong(MemoryUsage::getUsed).sum();
    }
}
