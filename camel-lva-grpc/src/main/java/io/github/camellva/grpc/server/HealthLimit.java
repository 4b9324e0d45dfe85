package io.github.camellva.grpc.server;

import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;

/**
 * Bounds the calls of the health service, which needs no credentials: those from one address, and all watches, since these never
 * end. One peer cannot keep the checks of others from being answered.
 */
final class HealthLimit implements ServerInterceptor {

    static final int MAX_CALLS_PER_PEER = 64;
    static final int MAX_WATCHES = 1000;

    private final Shares calls = new Shares(PeerShare.of(MAX_CALLS_PER_PEER));
    private final AtomicInteger watches = new AtomicInteger();

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (!calls.take(peer)) {
            return refuse(call, "at most " + MAX_CALLS_PER_PEER + " calls for health from one address are served at once");
        }
        boolean watch = isWatch(call);
        CallGuard.current().onEnd(() -> {
            calls.giveBack(peer);
            if (watch) {
                watches.decrementAndGet();
            }
        });
        if (watch && watches.incrementAndGet() > MAX_WATCHES) {
            return refuse(call, "at most " + MAX_WATCHES + " watches of health are served at once");
        }
        CallGuard.current().refuseBy(status -> call.close(status, new Metadata()));
        return next.startCall(call, headers);
    }

    private static boolean isWatch(ServerCall<?, ?> call) {
        return call.getMethodDescriptor().getFullMethodName().equals(HealthGrpc.getWatchMethod().getFullMethodName());
    }

    private static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, String why) {
        call.close(Status.RESOURCE_EXHAUSTED.withDescription(why), new Metadata());
        return new ServerCall.Listener<>() {
        };
    }
}
