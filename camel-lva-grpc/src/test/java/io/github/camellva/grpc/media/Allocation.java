package io.github.camellva.grpc.media;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

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
}
