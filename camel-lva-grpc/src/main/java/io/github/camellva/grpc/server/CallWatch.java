package io.github.camellva.grpc.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.thread.Time;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import org.jspecify.annotations.Nullable;

/** Gives every call of a server its guard, and checks all of them every second. */
final class CallWatch extends ServerStreamTracer.Factory implements ServerInterceptor {

    static final Duration INTERVAL = Duration.ofSeconds(1);
    static final int MAX_HEALTH_MESSAGE = 1024;
    static final Duration HEALTH_ANSWER = Duration.ofSeconds(5);
    private static final CallLimits HEALTH = new CallLimits(
            MAX_HEALTH_MESSAGE, Status.RESOURCE_EXHAUSTED.withDescription(
                    "a request for health has at most " + MAX_HEALTH_MESSAGE + " bytes"), HEALTH_ANSWER);

    private final ServerLimits limits;
    private final CallLimits sessionLimits;
    private final Time time;
    private final RateLimitedLog log;
    private final Set<CallGuard> guards = ConcurrentHashMap.newKeySet();
    private volatile Time.@Nullable Timer timer;
    private volatile boolean stopped;

    CallWatch(ServerLimits limits, int maxMessageSize, Time time, RateLimitedLog log) {
        this.limits = limits;
        this.sessionLimits = new CallLimits(maxMessageSize, Status.RESOURCE_EXHAUSTED.withDescription(
                "the message is larger than the extension takes, at most " + maxMessageSize
                                                                          + " bytes; send smaller or encoded pictures, or raise its"
                                                                          + " maxMessageSize"), null);
        this.time = time;
        this.log = log;
    }

    void start() {
        timer = time.schedule(INTERVAL, this::look);
    }

    void stop() {
        stopped = true;
        Time.Timer current = timer;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        CallGuard guard = new CallGuard(
                method.startsWith(HealthGrpc.SERVICE_NAME + "/") ? HEALTH : sessionLimits, limits, this, log);
        guards.add(guard);
        return guard;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        CallGuard.current().guard(call);
        return next.startCall(call, headers);
    }

    long nanoTime() {
        return time.nanoTime();
    }

    void remove(CallGuard guard) {
        guards.remove(guard);
    }

    private void look() {
        long now = nanoTime();
        try {
            guards.forEach(guard -> guard.check(now));
        } catch (RuntimeException | Error e) {
            log.error("Looking after calls has failed, and goes on", e);
        } finally {
            if (!stopped) {
                start();
            }
        }
    }
}
