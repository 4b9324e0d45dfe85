package io.github.camellva.grpc;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.camellva.grpc.stream.FrameExecutor;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * Threads of Camel that a route runs on, so that it never runs on those of gRPC. They are used again before new ones are made,
 * and end when they have been idle for a while.
 */
final class RouteThreads implements FrameExecutor, AutoCloseable {

    private static final long IDLE_SECONDS = 60;
    /** How often threads that are held up are looked for, while something waits for them. */
    private static final long WATCH_MILLIS = 5;

    private final CamelContext context;
    private final ExecutorService pool;
    private final ScheduledExecutorService watch;
    private final ThriftyExecutor threads;

    /** @param most threads at once */
    RouteThreads(CamelContext context, Object owner, String name, int most) {
        this.context = context;
        this.pool = context.getExecutorServiceManager().newThreadPool(owner, name, profile(most));
        this.watch = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(owner, name + "Watch");
        this.threads = new ThriftyExecutor(pool, most, this::watchSoon);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void executeSoon(Runnable task) {
        threads.executeSoon(task);
    }

    @Override
    public void close() {
        context.getExecutorServiceManager().shutdownNow(watch);
        context.getExecutorServiceManager().shutdownNow(pool);
    }

    private void watchSoon() {
        watch.schedule(this::relieve, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void relieve() {
        if (threads.relieve()) {
            watchSoon();
        }
    }

    /** How many threads run is up to the executor above; twice as many are let in, since one that is done may not be back in time. */
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
