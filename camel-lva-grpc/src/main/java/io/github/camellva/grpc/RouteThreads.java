package io.github.camellva.grpc;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.camellva.grpc.stream.Failures;
import io.github.camellva.grpc.thread.DirectExecutor;
import io.github.camellva.grpc.thread.FrameExecutor;
import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.SystemTime;
import io.github.camellva.grpc.thread.ThriftyExecutor;
import io.github.camellva.grpc.thread.Time;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A route's timers, and its threads, which Camel manages, so that it never runs on gRPC's. Idle threads are reused before new
 * ones start, and end after a while.
 */
final class RouteThreads implements FrameExecutor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouteThreads.class);

    private static final long IDLE_SECONDS = 60;
    /** The longest that a route which never blocks may take. */
    private static final Duration BLOCKED = Duration.ofMillis(100);

    private final CamelContext context;
    private final ExecutorService pool;
    private final ScheduledExecutorService timers;
    private final Time time;
    private final ThriftyExecutor threads;

    /** @param maxThreads frames at once */
    RouteThreads(CamelContext context, Object owner, String name, int maxThreads) {
        this.context = context;
        this.pool = context.getExecutorServiceManager().newThreadPool(owner, name, profile(maxThreads));
        this.timers = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(owner, name + "Timer");
        if (timers instanceof ScheduledThreadPoolExecutor queue) {
            // most timers are cancelled; they would otherwise be kept until they are due
            queue.setRemoveOnCancelPolicy(true);
        }
        this.time = new SystemTime(timers);
        this.threads = new ThriftyExecutor(pool, maxThreads, Runtime.getRuntime().availableProcessors(), time);
    }

    Time time() {
        return time;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void defer(Runnable task) {
        threads.defer(task);
    }

    /**
     * These threads, or none: the caller's, for a route that promises not to block it.
     *
     * @param route names it in the line that tells of a broken promise
     */
    FrameExecutor executor(boolean nonBlocking, Supplier<String> route, RateLimitedLog log) {
        return nonBlocking
                ? new DirectExecutor(time, BLOCKED, (since, trace) -> log.warn(
                        "{} has nonBlocking=true and has blocked gRPC's thread for {} ms, at {}; remove the option, or hand the work"
                                                                               + " to another thread",
                        route.get(), since.toMillis(), trace.length == 0 ? "an unknown place" : trace[0]))
                : this;
    }

    /** Runs a short task now and then until this is closed, whatever it throws. */
    void every(Duration interval, Runnable task) {
        timers.scheduleWithFixedDelay(() -> {
            try {
                task.run();
            } catch (Throwable e) {
                LOG.warn("A task that is to be repeated has failed: {}", Failures.describe(e));
            }
        }, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        context.getExecutorServiceManager().shutdownNow(timers);
        context.getExecutorServiceManager().shutdownNow(pool);
    }

    private static ThreadPoolProfile profile(int maxThreads) {
        ThreadPoolProfile profile = new ThreadPoolProfile("lvagrpc");
        profile.setPoolSize(1);
        // twice the limit: a finished worker may not have returned to the pool yet
        profile.setMaxPoolSize(2 * maxThreads);
        profile.setMaxQueueSize(0);
        profile.setKeepAliveTime(IDLE_SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        // never on the caller's thread, which may be gRPC's
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }
}
