package io.github.camellva.examples.rig.load;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;

/** What only a JVM itself knows about its memory, in bytes. */
final class JvmFigures {

    private static final LiveHeap LIVE_HEAP = LiveHeap.ofThisJvm();

    private JvmFigures() {
    }

    static void addTo(Map<String, Long> figures) {
        if (LIVE_HEAP != null) {
            figures.put("heap", LIVE_HEAP.bytes());
        }
        figures.put("direct", directMemory());
    }

    /** The JDK's buffers, and gRPC's, which the JDK does not count. */
    private static long directMemory() {
        return Math.max(0, PlatformDependent.usedDirectMemory())
               + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                       .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }
}
