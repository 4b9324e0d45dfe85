package io.github.camellva.grpc.server;

import io.github.camellva.grpc.thread.RateLimitedLog;
import io.github.camellva.grpc.wire.Credentials;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Refuses calls without the right credentials, without detail, before any of their messages is read. */
final class CredentialsInterceptor implements ServerInterceptor {

    private final Credentials credentials;
    private final RateLimitedLog log;

    CredentialsInterceptor(Credentials credentials, RateLimitedLog log) {
        this.log = log;
        this.credentials = credentials;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (credentials.match(headers)) {
            return next.startCall(call, headers);
        }
        log.warn("A call from {} had no or wrong credentials in {}", call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR),
                Credentials.HEADER.name());
        call.close(Status.UNAUTHENTICATED.withDescription("credentials are required"), new Metadata());
        return new ServerCall.Listener<>() {
        };
    }
}
