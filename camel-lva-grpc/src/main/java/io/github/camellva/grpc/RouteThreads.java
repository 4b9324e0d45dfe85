package io.github.camellva.grpc;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * Threads of Camel that a route runs on, so that it never runs on those of gRPC. They are used again before new ones are made,
 * and end when they have been idle for a while.
 */
final class RouteThreads implements Executor, AutoCloseable {

    private static final long IDLE_SECONDS = 60;

    private final CamelContext context;
    private final ExecutorService pool;
    private final GatedExecutor gate;

    /** @param most threads at once */
    RouteThreads(CamelContext context, Object owner, String name, int most) {
        this.context = context;
        this.pool = context.getExecutorServiceManager().newThreadPool(owner, name, profile(most));
        this.gate = new GatedExecutor(pool, most);
    }

    @Override
    public void execute(Runnable task) {
        gate.execute(task);
    }

    @Override
    public void close() {
        context.getExecutorServiceManager().shutdownNow(pool);
    }

    /** How many threads run is up to the gate; twice as many are let in, since one that is done may not be back in time. */
    private static ThreadPoolProfile profile(int most) {
        ThreadPoolProfile profile = new ThreadPoolProfile("lvagrpc");
        profile.setPoolSize(1);
        profile.setMaxPoolSize(2 * most);
        profile.setMaxQueueSize(0);
        profile.setKeepAliveTime(IDLE_SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        // never on the caller's thread: that can be gRPC's
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }
}
