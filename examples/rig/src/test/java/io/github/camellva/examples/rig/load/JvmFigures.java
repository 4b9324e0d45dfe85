package io.github.camellva.examples.rig.load;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;

/** What only a JVM itself knows about its memory, in bytes. */
final class JvmFigures {

    private static final Set<String> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP).map(MemoryPoolMXBean::getName).collect(Collectors.toSet());

    private JvmFigures() {
    }

    static void addTo(Map<String, Long> figures) {
        figures.put("heap", heapAfterCollection());
        figures.put("direct", directMemory());
    }

    /** What was left by the last collection: what is in use at a moment is mostly garbage. */
    private static long heapAfterCollection() {
        GcInfo last = null;
        for (var collector : ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class)) {
            GcInfo info = collector.getLastGcInfo();
            if (info != null && (last == null || info.getEndTime() > last.getEndTime())) {
                last = info;
            }
        }
        if (last == null) {
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
        return last.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> HEAP.contains(pool.getKey())).map(Map.Entry::getValue).mapToLong(MemoryUsage::getUsed).sum();
    }

    /** The JDK's buffers, and gRPC's, which the JDK does not count. */
    private static long directMemory() {
        return Math.max(0, PlatformDependent.usedDirectMemory())
               + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                       .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }
}
