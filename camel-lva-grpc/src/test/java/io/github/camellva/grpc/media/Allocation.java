package io.github.camellva.grpc.media;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes of heap that a piece of work takes on its thread. */
public final class Allocation {

    /** Work that may fail. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private Allocation() {
    }

    public static long of(Work work) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Fails if work takes more; it may do so once, since classes are loaded then. */
    public static void requireAtMost(long bytes, Work work) throws Exception {
        if (of(work) > bytes) {
            assertThat(of(work)).as("bytes allocated").isLessThanOrEqualTo(bytes);
        }
    }
}
