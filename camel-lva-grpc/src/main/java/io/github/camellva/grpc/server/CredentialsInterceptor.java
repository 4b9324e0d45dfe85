package io.github.camellva.grpc.server;

import io.github.camellva.grpc.stream.Credentials;
import io.github.camellva.grpc.stream.RateLimitedLog;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.slf4j.LoggerFactory;

/** Turns calls without the right credentials away before any message of theirs is asked for, and does not tell them more. */
final class CredentialsInterceptor implements ServerInterceptor {

    private static final RateLimitedLog LOG = new RateLimitedLog(LoggerFactory.getLogger(CredentialsInterceptor.class));

    private final Credentials credentials;

    CredentialsInterceptor(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (credentials.match(headers)) {
            return next.startCall(call, headers);
        }
        LOG.warn("A call from {} had no or wrong credentials in {}", call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR),
                Credentials.HEADER.name());
        call.close(Status.UNAUTHENTICATED.withDescription("credentials are required"), new Metadata());
        return new ServerCall.Listener<>() {
        };
    }
}
